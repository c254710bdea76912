/// A group that had consumers, and is gone although its stream is there.
package struct VanishedGroup: Equatable, Codable, Sendable {
    package var name: Name
    /// When the poll that missed it ended, on weir's clock.
    package var since: Timestamp
    /// The command that puts it back where it was.
    package var restore: String?

    package init(name: Name, since: Timestamp, restore: String?) {
        self.name = name
        self.since = since
        self.restore = restore
    }
}
