/// How many entries may be moved; nil: as many as there are.
package struct EntryLimits: Equatable, Sendable {
    /// In one poll of one target.
    package var perCycle: Int?
    /// In any sixty minutes.
    package var perHour: Int?

    package init(perCycle: Int?, perHour: Int?) {
        self.perCycle = perCycle
        self.perHour = perHour
    }
}
