import StreamModel

@testable import StreamHealth

/// A group that is worked on, and whose forgotten entries are moved: the truth that any weir may look at.
struct RelievedGroup {
    private struct Entry {
        var id: UInt64
        var consumer: String
        /// The second in which it was delivered.
        var delivered: Int64
    }

    private(set) var second: Int64 = 0
    private var entries: [Entry] = []
    private var lastID: UInt64 = 0
    /// When each consumer was last seen.
    private var seen: [String: Int64] = [:]

    mutating func pass(seconds: Int64) {
        second += seconds
    }

    /// The consumer reads that many new entries, `age` seconds ago.
    mutating func read(_ count: Int, by consumer: String, ago age: Int64 = 0) {
        seen[consumer] = second - age
        for _ in 0..<count {
            lastID += 1
            entries.append(Entry(id: lastID, consumer: consumer, delivered: second - age))
        }
    }

    /// The consumer gets its first entries done: as many as are said, but for those that it is to forget.
    mutating func acknowledge(_ count: Int = .max, by consumer: String, since: Int64 = .min) {
        let done = entries.filter { $0.consumer == consumer && $0.delivered >= since }.prefix(count).map(\.id)
        entries.removeAll { done.contains($0.id) }
    }

    /// Five entries since five seconds ago, each held for three seconds.
    ///
    /// `since`: what was read before that second is forgotten.
    mutating func work(_ consumer: String, since: Int64 = .min) {
        acknowledge(by: consumer, since: since)
        lastID += 2
        for age in [2, 1, 0] as [Int64] { read(1, by: consumer, ago: age) }
    }

    /// The consumer reads all that it holds again.
    mutating func reread(by consumer: String) {
        seen[consumer] = second
        for index in entries.indices where entries[index].consumer == consumer { entries[index].delivered = second }
    }

    /// What a policy does in one batch: the first entries that were held for so long are acknowledged.
    @discardableResult
    mutating func move(_ count: Int, heldFor seconds: Int64) -> [TakenEntry] {
        let moved = entries.filter { second - $0.delivered >= seconds }.prefix(count)
        let ids = Set(moved.map(\.id))
        entries.removeAll { ids.contains($0.id) }
        return moved.map { TakenEntry(id: entryID($0.id), consumer: Name($0.consumer)) }
    }

    func pending(_ consumer: String) -> Int { entries.count { $0.consumer == consumer } }

    /// A weir looks at it.
    func show(to weir: inout Target) {
        let rows = entries.map { PendingEntry.sample($0.id, $0.consumer, idle: (second - $0.delivered) * 1_000) }
        let consumers = seen.sorted { $0.key < $1.key }.map { name, seen in
            ConsumerObservation(
                name: Name(name), pending: Int64(pending(name)), idleMilliseconds: (second - seen) * 1_000,
                inactiveMilliseconds: (second - seen) * 1_000)
        }
        let group = GroupObservation.sample(
            delivered: lastID, read: Int64(lastID), lag: 0, consumers: consumers, pending: Int64(rows.count),
            head: rows)
        let stream = StreamObservation.sample(
            length: Int64(lastID), first: 1, last: lastID, generated: lastID, deleted: 0, added: Int64(lastID),
            groups: [group])
        weir.ingest([Name("s"): .success(stream)], at: second)
    }
}
