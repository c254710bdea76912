/// What looking at the entries after a group's last delivered ID has shown.
package struct UndeliveredProbe: Equatable, Sendable {
    /// The first entry after D; nil where there is none.
    package var first: StreamID?
    /// How many were found.
    package var count: Int64
    /// Whether those are all: fewer came than were asked for.
    package var isComplete: Bool
    /// How many entries after D lie at or before the highest deleted ID; nil where not all of those were seen.
    package var upToDeleted: Int64?
    /// Those up to the ID that was asked about; nil where none was.
    package var upTo: EntryCount?

    package init(
        first: StreamID?, count: Int64, isComplete: Bool, upToDeleted: Int64? = nil, upTo: EntryCount? = nil
    ) {
        self.first = first
        self.count = count
        self.isComplete = isComplete
        self.upToDeleted = upToDeleted
        self.upTo = upTo
    }
}
