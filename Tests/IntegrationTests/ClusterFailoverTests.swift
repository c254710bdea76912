import RedisClient
import TestSupport
import Testing

@Suite("A failover in a cluster", .serialized)
struct ClusterFailoverTests {
    @Test(
        "is no incident, whether a primary is killed or gives way, and nothing is moved until two windows have passed")
    func noIncident() async throws {
        let cluster = try await TestCluster()
        let streams = TestCluster.names(2, "s").joined().sorted()
        // On the first primary, with its retry stream.
        let stuck = TestCluster.names(1, "held:")[0][0]
        let weir = try await WeirProcess.following(
            cluster.url, in: cluster.nodes[0].server.folder,
            FailoverWatch.settings("stream: \"\(stuck)\", to_stream: \"{\(stuck)}:retry\""))
        let workload = LiveWorkload(streams, on: cluster)
        try await workload.run {
            var watch = FailoverWatch(weir: weir, streams: streams)
            try await watch.awaitCalm()
            let client = cluster.client()
            try await client.lay(stuck, entries: 0)
            let held = try await client.strand(2, in: stuck)
            // The replica has it.
            try await cluster.nodes[0].client().send("WAIT", "1", "1000")

            let old = cluster.nodes[0]
            old.kill()
            let new = cluster.nodes[3]
            try await watch.see(new, in: old)
            #expect(workload.refused > 0)
            let action = try await weir.action(by: "again", within: .seconds(20))
            #expect(action.entries.map(\.id) == held)
            #expect(action.time >= watch.seen + 2 * FailoverWatch.window, "\(action.time - watch.seen)")
            try await watch.check(nodes: [cluster.nodes[1], cluster.nodes[2], new])

            try await cluster.failOver(to: cluster.nodes[4])
            try await watch.see(cluster.nodes[4], in: cluster.nodes[1])
            try await watch.awaitCalm()
            try await watch.check(nodes: [cluster.nodes[2], new, cluster.nodes[4]])
        }
    }
}
