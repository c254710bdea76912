/// `XINFO STREAM` without its two entry bodies.
///
/// What a server version does not answer is nil.
package struct StreamCounters: Equatable, Codable, Sendable {
    package var radixTreeKeys: Int64
    package var radixTreeNodes: Int64
    package var groups: Int64
    package var lastGeneratedID: StreamID
    /// Nil where the stream is empty.
    package var firstEntryID: StreamID?
    package var lastEntryID: StreamID?
    /// The highest ID that was deleted singly; `0-0` where none was.
    ///
    /// A trim leaves it as it is.
    ///
    /// From Redis 7.0.
    package var maxDeletedEntryID: StreamID?
    /// Entries ever added.
    ///
    /// From Redis 7.0.
    package var entriesAdded: Int64?

    package init(
        radixTreeKeys: Int64, radixTreeNodes: Int64, groups: Int64, lastGeneratedID: StreamID, firstEntryID: StreamID?,
        lastEntryID: StreamID?, maxDeletedEntryID: StreamID?, entriesAdded: Int64?
    ) {
        self.radixTreeKeys = radixTreeKeys
        self.radixTreeNodes = radixTreeNodes
        self.groups = groups
        self.lastGeneratedID = lastGeneratedID
        self.firstEntryID = firstEntryID
        self.lastEntryID = lastEntryID
        self.maxDeletedEntryID = maxDeletedEntryID
        self.entriesAdded = entriesAdded
    }
}
