import StreamModel

/// How many entries of a group this weir has taken from each consumer since the last look.
struct TakenEntries: Equatable, Sendable {
    private var known: NameTable<Int64> = [:]
    /// Of those nobody knows from whom: they may be anybody's.
    private var unknown: Int64 = 0

    init(_ entries: [TakenEntry] = []) {
        add(entries)
    }

    var isEmpty: Bool { known.isEmpty && unknown == 0 }

    mutating func add(_ entries: [TakenEntry]) {
        for entry in entries {
            if let consumer = entry.consumer { known[consumer, default: 0] += 1 } else { unknown += 1 }
        }
    }

    /// At most so many were taken from the consumer.
    func count(from consumer: Name) -> Int64 { (known[consumer] ?? 0) + unknown }
}
