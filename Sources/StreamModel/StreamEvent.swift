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
    /// Whether more than `entries` may be concerned: so many are proven.
    package var isAtLeast = false
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
        case kind, time, stream, group, entries, isAtLeast, restore
    }

    package init(kind: Kind, at time: Timestamp, stream: Name, group: Name?, entries: Int64?, restore: String?) {
        self.kind = kind
        self.time = time
        self.stream = stream
        self.group = group
        self.entries = entries
        self.restore = restore
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            kind: try container.decode(Kind.self, forKey: .kind),
            at: try container.decode(Timestamp.self, forKey: .time),
            stream: try container.decode(Name.self, forKey: .stream),
            group: try container.decodeIfPresent(Name.self, forKey: .group),
            entries: try container.decodeIfPresent(Int64.self, forKey: .entries),
            restore: try container.decodeIfPresent(String.self, forKey: .restore))
        // The files of weir 0.1 do not have it.
        isAtLeast = try container.decodeIfPresent(Bool.self, forKey: .isAtLeast) ?? false
    }
}

extension StreamEvent {
    /// As in `12` or `at least 12`; nil where the number is not known.
    package var countText: String? {
        entries.map { isAtLeast ? "at least \($0)" : "\($0)" }
    }
}
