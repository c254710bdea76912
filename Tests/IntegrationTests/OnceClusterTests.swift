import TestSupport
import Testing

@Suite("weir once on a cluster", .serialized, .cluster("--cluster-require-full-coverage", "no"))
struct OnceClusterTests {
    @Test("shows every primary and all of their streams, and what is left when one is away")
    func primaries() async throws {
        let cluster = try #require(SharedCluster.current)
        let client = cluster.client()
        let streams = TestCluster.names(2, "orders:")
        for stream in streams.joined() { try await client.lay(stream, entries: 3) }
        let rules = "rules: {TrimRisk: false}\n"
        let file = try cluster.nodes[0].server.folder.write(
            "targets: [{name: shop, url: \"\(cluster.url)\"}]\n\(rules)", to: "once.yaml")
        let whole = try await WeirProcess.run(["once", "--config", file])
        #expect(whole.status == 0, "\(whole.output)")
        #expect(whole.output.hasPrefix("OK: 6 groups of 6 streams, nothing is wrong\n"))
        for node in cluster.nodes { #expect(whole.output.contains("\nshop, \(node.name): ")) }
        for stream in streams.joined() { #expect(whole.output.contains("\n\(stream) ")) }

        cluster.nodes[2].server.kill()
        let part = try await WeirProcess.run(["once", "--config", file])
        #expect(part.status == 2, "\(part.output)")
        #expect(part.output.hasPrefix("CRITICAL: 1 critical in 4 groups of 4 streams: RedisDown: "), "\(part.output)")
        #expect(part.output.contains("\nshop, \(cluster.nodes[2].name): cannot be read: cannot connect"))
        for stream in streams[..<2].joined() { #expect(part.output.contains("\n\(stream) ")) }
    }
}
