import StreamModel

@testable import StreamHealth

/// A group that is looked at every 5 seconds with the usual thresholds, as a table test needs it.
struct WatchedGroup {
    /// What the server knows: it is changed between looks, and its idle times grow by themselves.
    var waiting: Int64? = 0
    var delivered: UInt64 = 100
    var generated: UInt64? = 100
    var lost: Int64 = 0
    /// Nil: they cannot be read.
    var consumers: [String: Consumer]? = [:]
    var server = ServerIdentity.redis(8, 0, 0)
    var clockOffset: Int64 = 0

    struct Consumer {
        var idle: Int64 = 0
        var inactive: Int64?
        /// ID and idle time of what it holds.
        var held: [UInt64: Int64] = [:]
    }

    private(set) var second: Int64 = 0
    private(set) var health = GroupHealth()
    private(set) var statuses: NameTable<ConsumerStatus> = [:]
    private var continuity = Continuity()

    /// Looks again and again for so long, and returns every status that the group has had.
    @discardableResult
    mutating func look(seconds: Int64, _ change: (inout WatchedGroup) -> Void = { _ in }) -> Set<GroupStatus> {
        var statuses: Set<GroupStatus> = []
        for _ in 0..<seconds / 5 {
            pass(seconds: 5)
            change(&self)
            lookOnce()
            statuses.insert(health.status)
        }
        return statuses
    }

    /// Time goes by, and nobody looks.
    mutating func pass(seconds: Int64) {
        second += seconds
        age(milliseconds: seconds * 1_000)
    }

    /// What the server's clock does to every idle time.
    mutating func age(milliseconds: Int64) {
        consumers = consumers?.mapValues { consumer in
            var consumer = consumer
            consumer.idle += milliseconds
            consumer.inactive = consumer.inactive.map { $0 + milliseconds }
            consumer.held = consumer.held.mapValues { $0 + milliseconds }
            return consumer
        }
    }

    /// A poll fails.
    mutating func fail() {
        continuity.fail()
    }

    mutating func lookOnce() {
        let now = Timestamp(milliseconds: 1_790_000_000_000 + second * 1_000)
        continuity.ingest(server, clockOffsetMilliseconds: clockOffset, at: now)
        let look = observed
        guard
            let seen = health.ingest(look, at: now, continuity: continuity, thresholds: HealthThresholds())
        else { return }
        statuses = [:]
        for (consumer, status) in zip(look.consumers ?? [], seen) { statuses[consumer.name] = status }
    }

    func status(_ consumer: String) -> ConsumerStatus? { statuses[Name(consumer)] }

    private var observed: GroupLook {
        let rows = (consumers ?? [:]).flatMap { name, consumer in
            consumer.held.map { PendingEntry.sample($0.key, name, idle: $0.value) }
        }
        var group = GroupObservation.sample(delivered: delivered)
        group.consumers = consumers.map { consumers in
            consumers.map { name, consumer in
                ConsumerObservation(
                    name: Name(name), pending: Int64(consumer.held.count), idleMilliseconds: consumer.idle,
                    inactiveMilliseconds: consumer.inactive)
            }
        }
        let stream = StreamObservation.sample(
            length: 100, first: 1, last: generated, generated: generated ?? 0, current: generated != nil)
        return GroupLook(
            group, in: stream, lag: waiting.map { .exact($0) },
            held: HeldEntries.byConsumer(rows.sorted { $0.id < $1.id }), lost: lost)
    }
}
