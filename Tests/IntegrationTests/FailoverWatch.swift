import Platform
import StreamModel
import TestSupport
import Testing

/// What weir says of a target under load, one of whose servers is replaced by another.
struct FailoverWatch {
    /// Of health, in seconds.
    static let window = 2.0

    /// Sections of a file whose rules fire at once; `policy`: what is put back to work, and where, once it is left.
    static func settings(_ policy: String) -> String {
        """
        health: {window: 2s, stale_after: 1s}
        rules:
          MemoryUnlimited: false
          EntriesLost: {for: 0s}
          GroupStalled: {for: 0s}
          GroupStopped: {for: 0s}
          GroupLagging: {for: 0s}
          EntriesSkipped: {for: 0s}
          ConsumerStale: {for: 0s, streams: ["s*"]}
        remediation:
          mode: act
          policies:
            - {name: again, group: g, action: requeue, min_idle: 1s, \(policy)}

        """
    }

    let weir: WeirProcess
    /// Those that the workload is on.
    let streams: [String]
    /// When the new server was last seen not to be sampled yet, in Unix seconds.
    private(set) var seen = 0.0

    init(weir: WeirProcess, streams: [String]) {
        self.weir = weir
        self.streams = streams
    }

    /// Waits until all groups are well: their windows are full.
    func awaitCalm() async throws {
        try await weir.metrics(within: .seconds(30)) { page in
            streams.allSatisfy { page.value("redis_stream_group_status", ["stream": $0, "status": "ok"]) == 1 }
        }
    }

    /// Waits until the one is sampled, and the other is gone from the page.
    mutating func see(_ new: TestNode, in old: TestNode) async throws {
        try await weir.metrics(within: .seconds(30)) { page in
            if page.value("redis_up", ["node": new.name]) == 1 { return true }
            seen = SteadyClock.wall.seconds
            return false
        }
        try await weir.metrics { $0.all("redis_up", ["node": old.name]).isEmpty }
        let page = try await weir.metrics()
        #expect(page.series.allSatisfy { $0.labels["node"] != old.name })
    }

    /// Expects all well, and that nobody was told of anything but what was lost.
    func check(nodes: [TestNode]) async throws {
        try await awaitCalm()
        let page = try await weir.metrics()
        #expect(
            Set(page.all("redis_up").compactMap { $0.labels["node"] }) == Set(nodes.map(\.name)))
        #expect(page.all("redis_up").allSatisfy { $0.value == 1 })
        #expect(page.all("redis_stream_group_entries_lost_total").allSatisfy { $0.value == 0 })
        #expect(page.all("redis_stream_group_entries_skipped_total").allSatisfy { $0.value == 0 })
        // What the primary had and the replica had not is truly lost.
        let alerts = try await weir.alerts().filter { alert in
            alert.rule != "RolledBack" && alert.state != "pending" && alert.stream.map(streams.contains) ?? true
        }
        #expect(alerts.isEmpty)
    }
}
