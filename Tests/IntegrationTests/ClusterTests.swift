import RedisClient
import Sampling
import StreamModel
import TestSupport
import Testing

@Suite("A cluster", .serialized, .cluster("--cluster-require-full-coverage", "no"))
struct ClusterTests {
    private let cluster: TestCluster

    init() throws {
        cluster = try #require(SharedCluster.current)
    }

    @Test("is sampled on each of its primaries, by one connection, streams that are found and those that are named")
    func everyPrimary() async throws {
        let client = cluster.client()
        let found = TestCluster.names(2, "orders:")
        let named = TestCluster.names(1, "named:")
        for stream in (found + named).joined() { try await client.lay(stream, entries: 3) }
        try await client.lay("other")
        let text = """
            targets:
              - {url: "\(cluster.url)", streams: ["orders:*", \(named.joined().map { "\"\($0)\"" }.joined(separator: ", "))]}
            poll: {interval: 200ms, discovery_interval: 1s}

            """
        let weir = try await WeirProcess.serving([
            "--config", try cluster.nodes[0].server.folder.write(text, to: "weir.yaml"),
        ])
        let all = Set((found + named).joined())
        let page = try await weir.metrics { page in
            all.allSatisfy { page.value("redis_stream_group_lag", ["stream": $0]) == 3 }
        }
        #expect(page.streams == all && page.value("weir_streams") == Double(all.count))
        let target = cluster.nodes[0].name
        #expect(page.all("redis_up").map(\.value) == [1, 1, 1])
        #expect(Set(page.all("redis_up").compactMap { $0.labels["node"] }) == Set(cluster.nodes.map(\.name)))
        #expect(page.series.allSatisfy { $0.labels["target"] ?? target == target })

        let snapshot = try await weir.snapshot()
        #expect(snapshot.targets.map(\.name) == [target])
        for (place, node) in cluster.nodes.enumerated() {
            for stream in found[place] + named[place] { #expect(snapshot.stream(stream)?.node == node.name) }
        }

        let own = try await weir.metrics(target: target)
        #expect(own.streams == all && own.all("redis_up").count == 3)
        #expect(try await weir.metrics(target: cluster.nodes[1].name).series.isEmpty)

        var connections: [[String]] = []
        for node in cluster.nodes {
            let client = try await node.client()
            // That on which one was asked which others there are is closed.
            connections.append(
                try await eventually {
                    try await client.weirConnections()
                } until: {
                    $0.count == 1
                })
        }
        try await weir.polls(5, of: target)
        for (node, before) in zip(cluster.nodes, connections) {
            #expect(try await node.client().weirConnections() == before)
        }
    }

    @Test("lets the user that weir acl prints do all that weir does, remediation on each node and moving slots too")
    func rights() async throws {
        let client = cluster.client()
        let names = TestCluster.names(1, "work:").map { $0[0] }
        let retry = "{\(names[1])}:retry"
        let dead = "{\(names[2])}:dead"
        let settings = remediation(
            "name: again, stream: \"\(names[0])\", group: g, action: requeue, min_idle: 1m",
            "name: retry, stream: \"\(names[1])\", group: g, action: requeue, min_idle: 1m, to_stream: \"\(retry)\"",
            "name: dead, stream: \"\(names[2])\", group: g, action: dead_letter, min_idle: 1m, after_deliveries: 5, "
                + "to_stream: \"\(dead)\"")
        let folder = cluster.nodes[0].server.folder
        let target = "streams: [\"work:*\", \"{work:*\"]"
        let file = try folder.write(
            configuration("name: test, url: \"\(cluster.url)\", \(target)") + settings, to: "acl.yaml")
        let command = try await AccessListTests.command(["--config", file])
        for node in cluster.nodes { try await node.client().send(command) }

        for stream in names { try await client.lay(stream, entries: 0) }
        let stranded = [
            try await client.strand(2, in: names[0]), try await client.strand(2, in: names[1]),
            try await client.strand(2, in: names[2], deliveries: 7),
        ]
        let weir = try await WeirProcess.following(
            cluster.url, target + ", username: weir, password: CHANGE-ME", in: folder, settings)
        for (policy, ids) in zip(["again", "retry", "dead"], stranded) {
            #expect(try await weir.action(by: policy).entries.map(\.id) == ids)
        }
        #expect(try await length(of: names[0], on: cluster.nodes[0]) == 4)
        #expect(try await length(of: retry, on: cluster.nodes[1]) == 2)
        #expect(try await length(of: dead, on: cluster.nodes[2]) == 2)

        let migration = cluster.migration(ofKey: dead, from: cluster.nodes[2], to: cluster.nodes[0])
        try await migration.begin()
        try await migration.moveKeys()
        try await weir.polls(3)
        #expect(try await weir.snapshot().stream(names[2])?.node == cluster.nodes[0].name)
        try await migration.finish()
        try await client.strand(3, in: names[2], deliveries: 7)
        try await weir.actions { $0.entries(by: "dead").count == 5 }
        #expect(try await length(of: dead, on: cluster.nodes[0]) == 5)
        #expect(try await weir.actions().actions.allSatisfy { $0.result == "moved" })
        try await weir.metrics { $0.value("redis_stream_length", ["stream": dead]) == 5 }
        #expect(!weir.output.contains("may not run"))
        for node in cluster.nodes { #expect(try await node.client().send("ACL", "LOG").elements == []) }
    }

    /// Asked of that node, which says `MOVED` where it is another's.
    private func length(of stream: String, on node: TestNode) async throws -> Int64? {
        try await node.client().send("XLEN", stream).integer
    }

    @Test("goes on where one node hangs, whose streams say so, and takes it back")
    func hangingNode() async throws {
        let client = cluster.client()
        let names = TestCluster.names(2, "h:")
        for stream in names.joined() { try await client.lay(stream) }
        let weir = try await WeirProcess.following(
            cluster.url, "streams: [\"h:*\"]", in: cluster.nodes[0].server.folder,
            "health: {window: 1s, stale_after: 1s}\nrules: {MemoryUnlimited: false, RedisDown: {for: 1s}}\n")
        let hung = cluster.nodes[0]
        try await weir.metrics { page in page.value("weir_streams") == 6 && page.isUp(cluster.nodes) }
        let slow = try await weir.metrics().polls(longerThan: "0.25")

        hung.pause()
        try await weir.metrics { $0.value("redis_up", ["node": hung.name]) == 0 }
        let before = try #require(try await weir.metrics().value("weir_polls_total", ["result": "success"]))
        let start = ContinuousClock.now
        for stream in names[0] {
            let error = try #require(try await weir.snapshot().stream(stream)?.error)
            #expect(error.hasPrefix("\(hung.name) cannot be sampled: "))
        }
        for stream in names[1] + names[2] { #expect(try await weir.snapshot().stream(stream)?.error == nil) }
        // The others go on as usual: they are found, and judged.
        try await client.lay(names[1][0] + "{\(names[1][0])}")
        try await client.strand(1, in: names[2][0])
        try await weir.alerts(of: "ConsumerStale") { $0.contains { $0.state == "firing" && $0.stream == names[2][0] } }
        try await weir.metrics { $0.streams.contains(names[1][0] + "{\(names[1][0])}") }
        let down = try await weir.alerts(of: "RedisDown") { $0.contains { $0.state == "firing" } }
        #expect(down.map(\.node) == [hung.name])
        try await weir.metrics { ($0.value("weir_polls_total", ["result": "success"]) ?? 0) >= before + 10 }
        #expect(ContinuousClock.now - start < .seconds(10))
        let page = try await weir.metrics()
        #expect(page.all("redis_up").count == 3 && page.all("redis_up").reduce(0) { $0 + $1.value } == 2)
        for stream in names[0] { #expect(page.value("redis_stream_sample_success", ["stream": stream]) == 0) }
        let rate = try #require(page.value("weir_polls_total", ["result": "success"])) - before
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        #expect(rate >= elapsed / 0.2 * 0.8 - 2, "\(rate) polls in \(elapsed) s")
        #expect(try await weir.metrics().polls(longerThan: "0.25") <= slow + 1)

        hung.resume()
        try await weir.metrics { page in
            page.isUp(cluster.nodes)
                && names.joined().allSatisfy { page.value("redis_stream_sample_success", ["stream": $0]) == 1 }
        }
        try await weir.alerts(of: "RedisDown") { $0.map(\.state) == ["resolved"] }
        #expect(try await weir.snapshot().targets[0].events.isEmpty)
        try await cluster.awaitAgreement()
    }

    @Test(
        "is looked at in parallel: several nodes that hang are waited for as long as one, and before anybody is asked")
    func hangingNodes() async throws {
        var sampler = Sampler(
            topology: cluster.topology, timeout: .milliseconds(500),
            selection: StreamSelection(patterns: [Glob("p:*")], exclude: [], limit: 100),
            plan: SamplingPlan(pendingRows: 1_000, payloadGuard: 16_384, serverTime: .seconds(1)))
        let names = TestCluster.names(1, "p:").joined()
        for stream in names { try await cluster.client().lay(stream) }
        let now = Timestamp(milliseconds: 0)
        for _ in 0..<2 {
            sampler.beginDiscovery()
            while try await sampler.poll(at: now).nodes.contains(where: { $0.observation.isFailure }) {}
            // Who has which slots is to be asked again.
            sampler.beginDiscovery()
            for node in cluster.nodes[1...2] { node.pause() }
            let start = ContinuousClock.now
            let sample = try await sampler.poll(at: now)
            #expect(ContinuousClock.now - start < .milliseconds(900))
            for node in cluster.nodes[1...2] { node.resume() }
            #expect(sample.nodes.count { $0.observation.isFailure } == 2)
        }
    }

    @Test("over TLS, with a password, takes in a node without slots, and follows a slot to it")
    func newNode() async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "IP:127.0.0.1")
        let cluster = try await TestCluster(
            TestCluster.programs.first ?? .system, primaries: 2, replicas: 0,
            access: TestAccess(certificates: certificates, password: "pw"))
        let client = cluster.client()
        let names = TestCluster.names(2, "s", primaries: 2)
        for stream in names.joined() { try await client.lay(stream) }
        let weir = try await WeirProcess.following(
            cluster.url, "streams: [\"*\"], password: pw, tls: {ca_file: \"\(certificates.authority)\"}",
            in: cluster.nodes[0].server.folder, "health: {window: 1s, stale_after: 1s}\n")
        try await weir.metrics { page in page.value("weir_streams") == 4 && page.isUp(cluster.nodes) }

        let new = try await cluster.addPrimary()
        let page = try await weir.metrics { $0.value("redis_up", ["node": new.name]) == 1 }
        #expect(page.all("redis_up").count == 3 && page.value("weir_streams") == 4)
        #expect(page.all("redis_memory_used_bytes", ["node": new.name]).count == 1)
        #expect(page.value("redis_cluster_slots", ["node": new.name]) == 0)
        #expect(page.value("weir_node_streams", ["node": new.name]) == 0)

        let stream = names[1][0]
        try await cluster.migration(ofKey: stream, from: cluster.nodes[1], to: new).run()
        try await client.send("XADD", stream, "*", "f", "v")
        try await weir.metrics { $0.value("redis_stream_group_lag", ["stream": stream]) == 2 }
        #expect(try await weir.snapshot().stream(stream)?.node == new.name)
        let moved = try await weir.metrics { $0.value("redis_cluster_slots", ["node": new.name]) == 1 }
        #expect(moved.all("redis_cluster_slots").reduce(0) { $0 + $1.value } == 16_384)
        #expect(moved.value("weir_node_streams", ["node": new.name]) == 1 && moved.value("weir_streams") == 4)
        #expect(try await weir.snapshot().targets[0].events.isEmpty)
    }
}

extension MetricsText {
    /// Whether all of these can be sampled.
    fileprivate func isUp(_ nodes: [TestNode]) -> Bool {
        nodes.allSatisfy { value("redis_up", ["node": $0.name]) == 1 }
    }

    /// How many polls have taken longer than so many seconds, a bound of the histogram's.
    fileprivate func polls(longerThan bound: String) -> Double {
        let within = value("weir_poll_duration_seconds_bucket", ["le": bound]) ?? 0
        return (value("weir_poll_duration_seconds_count") ?? 0) - within
    }
}

extension Result {
    fileprivate var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}
