import StreamModel

extension StreamEvent {
    /// That the group's place was moved, with the command that gives it back.
    init(_ move: GroupMove, at time: Timestamp, of group: Name, in stream: Name) {
        switch move {
        case .rewound(let entries, let from):
            self.init(
                kind: .rewound, at: time, stream: stream, group: group, entries: entries,
                restore: .setID(from, group: group, stream: stream))
        case .skipped(let entries, let from):
            self.init(
                kind: .skipped, at: time, stream: stream, group: group, entries: entries,
                restore: .setID(from, group: group, stream: stream))
        }
    }
}

extension String {
    /// The command that gives a group its place back.
    fileprivate static func setID(_ id: StreamID, group: Name, stream: Name) -> String {
        "XGROUP SETID \(stream.quoted) \(group.quoted) \(id)"
    }
}
