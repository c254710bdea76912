import StreamModel

@testable import Alerting

extension GroupSnapshot {
    /// A group that is well: three consumers, nothing waiting, nothing pending.
    static func shippers(_ name: Name = Name("shippers"), _ change: (inout GroupSnapshot) -> Void = { _ in }) -> Self {
        var group = GroupSnapshot(
            name: name, consumerCount: 3, lastDeliveredID: StreamID(milliseconds: 1_800_000_000_000, sequence: 0),
            entriesRead: 100, lag: .exact(0), reportedLag: 0, lagSeconds: 0, pending: PendingSummary(entries: 0),
            consumers: [], consumersNotShown: 0, error: nil)
        group.deliveredPerSecond = 10
        group.acknowledgedPerSecond = 10
        group.status = .ok
        group.consumersByStatus = [.active: 3]
        change(&group)
        return group
    }

    /// One that entries wait for.
    static func waiting(_ entries: Int64, within uncertainty: Int64 = 0, seconds: Double? = 1) -> Self {
        .shippers {
            $0.lag = Lag(entries: entries, uncertainty: uncertainty)
            $0.lagSeconds = seconds
        }
    }

    /// One about which nothing is known as yet.
    static var unseen: Self {
        .shippers {
            $0.lag = nil
            $0.lagSeconds = nil
            $0.deliveredPerSecond = nil
            $0.acknowledgedPerSecond = nil
            $0.status = .unknown
            $0.consumersByStatus = [:]
            $0.pending.entries = 5
        }
    }

    func with(_ change: (inout GroupSnapshot) -> Void) -> Self {
        var group = self
        change(&group)
        return group
    }
}

extension ConsumerSnapshot {
    static func worker(_ number: Int, _ status: ConsumerStatus, pending: Int64, idle: Double) -> Self {
        var consumer = ConsumerSnapshot(
            name: Name("worker-\(number)"), pending: pending, idleSeconds: idle, inactiveSeconds: idle,
            maxPendingIdleSeconds: 2 * idle)
        consumer.status = status
        return consumer
    }
}

extension StreamSnapshot {
    /// A stream of 1000 entries, of all that were ever added.
    static func orders(
        _ groups: [GroupSnapshot] = [], name: Name = Name("orders"), _ change: (inout StreamSnapshot) -> Void = { _ in }
    ) -> Self {
        var stream = StreamSnapshot(
            name: name, database: 0, node: "127.0.0.1:6379", error: nil, sampleAgeSeconds: 0,
            figures: Figures(length: 1000, counters: nil, firstEntryAgeSeconds: 600, lastEntryAgeSeconds: 1),
            groups: groups.sorted { $0.name < $1.name })
        change(&stream)
        return stream
    }

    /// Not sampled in this look.
    static func failed(_ error: SampleError, name: Name = Name("orders")) -> Self {
        .orders(name: name) {
            $0.error = error
            $0.figures = nil
        }
    }

    /// Two streams shown as one, of which one could not be sampled.
    static func partial(_ groups: [GroupSnapshot]) -> Self {
        .orders(groups) {
            $0.members = 2
            $0.error = .parts(failed: 1, of: 2, first: Name("orders:2"), .noPermission(command: "XLEN"))
            $0.figures?.length = nil
        }
    }
}

extension TargetSnapshot {
    /// A target that is up, all of whose streams are known.
    static func shop(_ streams: [StreamSnapshot], _ change: (inout TargetSnapshot) -> Void = { _ in }) -> Self {
        var target = TargetSnapshot(
            name: "shop", isUp: true, error: nil, nodes: [], streams: streams.sorted { $0.name < $1.name },
            streamsNotSampled: 0, polling: PollStatistics())
        target.hasLookedEverywhere = true
        change(&target)
        return target
    }

    static func shop(group: GroupSnapshot) -> Self {
        .shop([.orders([group])])
    }
}
