import StreamModel

@testable import StreamHealth

/// A group whose entries go from hand to hand, and a weir that looks at it, by the millisecond.
struct HandedGroup {
    struct Entry {
        var id: UInt64
        var consumer: String
        var delivered: Int64
        var deliveries: Int64 = 1
    }

    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private(set) var milliseconds: Int64 = 0
    private(set) var entries: [Entry] = []
    private(set) var state: TargetState
    private var lastID: UInt64 = 0
    private var seen: [String: Int64] = [:]
    /// The most rows of a page; a sweep goes on with the next look.
    var pageRows = Int.max
    private var lastRow: UInt64?

    /// A window of a second; `remediatedAfter`: what was held for so long may be moved.
    init(staleAfter: Int64 = 2_000, remediatedAfter: Int64? = nil) {
        var configuration = Target.configuration
        configuration.health.usual.windowMilliseconds = 1_000
        configuration.health.usual.staleAfterMilliseconds = staleAfter
        configuration.health.remediated =
            remediatedAfter.map {
                [RemediatedGroups(stream: Glob("*"), group: Glob("*"), minIdleMilliseconds: $0)]
            } ?? []
        state = TargetState(configuration)
    }

    mutating func pass(_ milliseconds: Int64) { self.milliseconds += milliseconds }

    /// The consumer reads that many new entries, but for those that it gets done within milliseconds.
    mutating func read(_ count: Int, by consumer: String, done: Int = 0) {
        seen[consumer] = milliseconds
        for _ in 0..<count {
            lastID += 1
            entries.append(Entry(id: lastID, consumer: consumer, delivered: milliseconds))
        }
        lastID += UInt64(done)
    }

    mutating func acknowledge(_ count: Int, by consumer: String) {
        acknowledge(Array(ids(of: consumer).prefix(count)))
    }

    mutating func acknowledge(_ ids: [UInt64]) {
        entries.removeAll { ids.contains($0.id) }
    }

    mutating func claim(_ ids: [UInt64], by consumer: String) {
        seen[consumer] = milliseconds
        for index in entries.indices where ids.contains(entries[index].id) {
            entries[index].consumer = consumer
            entries[index].delivered = milliseconds
            entries[index].deliveries += 1
        }
    }

    func ids(of consumer: String) -> [UInt64] { entries.filter { $0.consumer == consumer }.map(\.id) }

    /// The weir itself moves what was held for so long, and knows of it; `saysWhose`: the server tells who held it.
    mutating func move(heldFor age: Int64, atMost count: Int = .max, saysWhose: Bool = true) {
        let moved = entries.filter { milliseconds - $0.delivered >= age }.prefix(count)
        let ids = Set(moved.map(\.id))
        entries.removeAll { ids.contains($0.id) }
        note(moved.map { TakenEntry(id: entryID($0.id), consumer: saysWhose ? Name($0.consumer) : nil) })
    }

    mutating func note(_ taken: [TakenEntry]) {
        state.note(taken: taken, of: Name("g"), in: Name("s"))
    }

    mutating func look() {
        let rows = entries.filter { $0.id > lastRow ?? 0 }.prefix(pageRows)
        let isLast = rows.last?.id == entries.last?.id
        var group = GroupObservation.sample(
            delivered: lastID, read: Int64(lastID), lag: 0,
            consumers: seen.sorted { $0.key < $1.key }.map { name, seen in
                ConsumerObservation.sample(name, pending: Int64(ids(of: name).count), idle: milliseconds - seen)
            },
            pending: Int64(entries.count))
        group.pendingPage = PendingPage(
            rows: rows.map {
                .sample($0.id, $0.consumer, idle: milliseconds - $0.delivered, deliveries: $0.deliveries)
            },
            startsSweep: lastRow == nil, endsSweep: isLast)
        lastRow = isLast ? nil : rows.last?.id
        let stream = StreamObservation.sample(
            length: Int64(lastID), first: 1, last: lastID, generated: lastID, deleted: 0, added: Int64(lastID),
            groups: [group])
        var node = NodeObservation()
        node.identity = .redis(8, 0, 0)
        _ = state.ingest(
            TargetSample(
                nodes: [
                    NodeSample(
                        node: "h:6379", observation: .success(node), clockOffsetMilliseconds: 0,
                        streams: [Name("s"): .success(stream)])
                ], watched: [Name("s")], notSampled: 0, discoveryError: nil),
            startedAt: now, at: now)
    }

    /// What the last look has shown.
    var standing: GroupStanding? { state.standing(at: now) { _, _, _ in true }.groups.first }

    func consumer(_ name: String) -> ConsumerStanding? { standing?.consumer(Name(name)) }

    private var now: Timestamp { Self.start.advanced(byMilliseconds: milliseconds) }
}
