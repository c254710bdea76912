package import StreamModel

/// What two looks at a stream let one guess of how it is trimmed.
package enum TrimmingInference: Equatable, Sendable {
    case empty
    /// All that was ever added is there.
    case untrimmed
    /// `isSeen`: it was trimmed between the looks, and stayed at this length.
    case byLength(Int64, isApproximate: Bool, isSeen: Bool)
    /// `isSeen`: its first entry moved between the looks.
    case byAge(seconds: Int64, isSeen: Bool)
    /// Entries after the first one have been deleted.
    case deletedSingly
    /// Entries are gone, and nothing tells by what rule.
    case removed(Int64)
    /// The server does not count what was added.
    case unknown

    /// `MAXLEN ~` takes away whole nodes, of so many entries each unless `stream-node-max-entries` says otherwise.
    private static let nodeEntries: Int64 = 100
    private static let leastLength: Int64 = 100
    private static let minute: Int64 = 60
    private static let ages: [Int64] =
        [1, 2, 5, 10, 15, 20, 30].map { $0 * minute } + [1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72].map { $0 * 60 * minute }
        + [4, 5, 6, 7, 10, 14, 21, 28, 30, 60, 90, 180, 365].map { $0 * 24 * 60 * minute }

    /// `time`: the server's clock at the second look.
    package init(from first: StreamObservation?, to second: StreamObservation, at time: Timestamp?) {
        guard second.length > 0 else {
            self = .empty
            return
        }
        guard let counters = second.currentCounters else {
            self = .unknown
            return
        }
        if counters.entriesAdded == second.length, counters.maxDeletedEntryID == .zero {
            self = .untrimmed
            return
        }
        if let deleted = counters.maxDeletedEntryID, let start = counters.firstEntryID, deleted > start {
            self = .deletedSingly
            return
        }
        let before = first?.currentCounters
        let hasGrown = before.map { $0.lastGeneratedID < counters.lastGeneratedID } ?? false
        let isCut = before.map { $0.firstEntryID != counters.firstEntryID } ?? false
        let isSteady = first.map { abs($0.length - second.length) <= Self.nodeEntries } ?? false
        // Without a count of what was added, a length that happens to be round says nothing.
        if let length = Self.round(second.length), counters.entriesAdded != nil || isCut {
            let isSeen = hasGrown && isCut && isSteady
            self = .byLength(length, isApproximate: length != second.length, isSeen: isSeen)
        } else if let age = Self.roundAge(of: counters.firstEntryID, at: time), counters.entriesAdded != nil || isCut {
            self = .byAge(seconds: age, isSeen: isCut)
        } else if let added = counters.entriesAdded {
            self = .removed(max(0, added - second.length))
        } else {
            self = .unknown
        }
    }

    /// The length that somebody may have written down, at most a node below the real one: few are, so that most lengths are
    /// near none.
    private static func round(_ length: Int64) -> Int64? {
        guard length >= leastLength else { return nil }
        var unit: Int64 = 1
        while length / unit >= (length < 10_000 ? 10 : 100) { unit *= 10 }
        let rounded = length / unit * unit
        return length - rounded < (rounded < 1_000 ? 1 : nodeEntries) ? rounded : nil
    }

    /// The age that somebody may have written down: at most a fiftieth off.
    private static func roundAge(of first: StreamID?, at time: Timestamp?) -> Int64? {
        guard let time, let age = first?.ageMilliseconds(at: time).map({ $0 / 1000 }) else { return nil }
        return ages.first { abs($0 - age) * 50 <= $0 }
    }
}

extension TrimmingInference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "empty"
        case .untrimmed: "never trimmed: all that was ever added is there"
        case .byLength(let length, let isApproximate, let isSeen):
            "\(isSeen ? "seen" : "perhaps") trimmed to \(isApproximate ? "about " : "")\(length) entries "
                + "(MAXLEN\(isApproximate ? " ~" : ""))"
        case .byAge(let seconds, let isSeen):
            "\(isSeen ? "likely" : "perhaps") trimmed by age, to \(FigureText.duration(Double(seconds))) (MINID)"
        case .deletedSingly: "entries are deleted singly (XDEL)"
        case .removed(let count): "\(count) entries were trimmed or deleted; by what rule does not show"
        case .unknown: "whether it is trimmed does not show"
        }
    }
}
