import StreamModel

extension EntryAbsence {
    var sentence: String {
        if wasNever { return "It was never in the stream, as far as the server's counters tell.\(whereabouts)" }
        let ways = [mayBeTrimmed ? "trimmed" : nil, mayBeDeleted ? "deleted" : nil].compactMap(\.self)
        let removal = ways.isEmpty ? "removed" : ways.joined(separator: " or ")
        if wasThere { return "It is not in the stream any more: it was \(removal).\(whereabouts)" }
        return "It is not in the stream: it was \(removal), or was never there. Redis keeps no record of which."
            + whereabouts
    }

    private var whereabouts: String {
        switch place {
        case .emptyStream: " The stream is empty."
        case .beforeFirst(let first): " The first entry that is left is \(first)."
        case .between: " Entries before and after it are there."
        case .afterLast(let last): " The last entry that is left is \(last)."
        case .unknown: ""
        }
    }
}
