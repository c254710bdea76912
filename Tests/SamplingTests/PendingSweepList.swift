import StreamModel

/// A pending entries list in memory that answers as the server does.
struct PendingSweepList {
    private(set) var entries: [PendingEntry] = []

    /// `ids` are milliseconds, each with the sequence 0.
    init(_ ids: some Sequence<UInt64> = EmptyCollection(), idleMilliseconds: Int64 = 1) {
        for id in ids { deliver(id, idleMilliseconds: idleMilliseconds) }
    }

    var ids: Set<StreamID> { Set(entries.map(\.id)) }

    mutating func deliver(_ milliseconds: UInt64, idleMilliseconds: Int64 = 1) {
        let id = StreamID(milliseconds: milliseconds, sequence: 0)
        let index = index(of: id)
        guard index == entries.count || entries[index].id != id else { return }
        entries.insert(
            PendingEntry(id: id, consumer: Name("c"), idleMilliseconds: idleMilliseconds, deliveries: 1), at: index)
    }

    /// Delivers an entry that comes after all others.
    mutating func deliverNext() {
        deliver((entries.last?.id.milliseconds ?? 0) + 1)
    }

    mutating func acknowledge(_ id: StreamID) {
        let index = index(of: id)
        if index < entries.count, entries[index].id == id { entries.remove(at: index) }
    }

    /// `XPENDING key group start + count`.
    func page(from start: StreamID, count: Int) -> [PendingEntry] {
        Array(entries[index(of: start)...].prefix(count))
    }

    /// Where the first entry lies that is not below `id`.
    private func index(of id: StreamID) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
