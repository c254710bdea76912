/// Something that happened to a stream or a group between two polls, and that nobody may have meant.
package struct StreamEvent: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The stream was deleted and made anew: its counters began again, on the same run of the server.
        case recreated
        /// The server came back without its last writes, after a crash or a failover.
        case rolledBack = "rolled_back"
        /// The group's last delivered ID went back: entries will be delivered again.
        case rewound
        /// It went forward over entries that nobody read.
        case skipped
        /// The group had consumers, and is gone although its stream is there.
        case vanished
    }

    package var kind: Kind
    /// When the poll that found it ended, on weir's clock.
    package var time: Timestamp
    package var stream: Name
    package var group: Name?
    /// How many entries it concerns: lost by the server, to be delivered again, or skipped.
    ///
    /// Nil: not known.
    package var entries: Int64?
    /// The command that puts things back as they were.
    package var restore: String?
    /// The logical stream that shows it; nil: none does.
    ///
    /// A matter of the configuration, so that it is not stored.
    package var shownAs: Name?

    /// Whether the server came back with nothing of what had been added to the stream.
    ///
    /// A matter of words, so that it is not stored.
    package var isTotal = false

    private enum CodingKeys: CodingKey {
        case kind, time, stream, group, entries, restore
    }

    package init(kind: Kind, at time: Timestamp, stream: Name, group: Name?, entries: Int64?, restore: String?) {
        self.kind = kind
        self.time = time
        self.stream = stream
        self.group = group
        self.entries = entries
        self.restore = restore
    }
}
