/// How many entries were found on one side of an ID.
package struct EntryCount: Equatable, Sendable {
    /// After which, or up to which, they were counted.
    package var id: StreamID
    package var count: Int64
    /// Whether those are all; else there are so many at least.
    package var isComplete: Bool

    package init(id: StreamID, count: Int64, isComplete: Bool) {
        self.id = id
        self.count = count
        self.isComplete = isComplete
    }
}
