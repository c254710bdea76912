import StreamModel
import Testing

@testable import Sampling

@Suite("What INFO answers")
struct NodeObservationTests {
    private typealias Replica = NodeObservation.Replica

    /// The server ends its lines with CR and LF.
    private func observation(_ text: String) -> NodeObservation {
        NodeObservation(info: text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
    }

    @Test(
        "tells which software it is, also where that calls itself Redis for the sake of clients",
        arguments: [
            (InfoExcerpts.redis60, .redis, ServerVersion(6, 0, 20), "slave", "0"),
            (InfoExcerpts.redis70, .redis, ServerVersion(7, 0, 15), "master", "1"),
            (InfoExcerpts.redis80, .redis, ServerVersion(8, 0, 3), "master", "2"),
            (InfoExcerpts.valkey80, .valkey, ServerVersion(8, 0, 1), "master", "3"),
            (InfoExcerpts.valkey91, .valkey, ServerVersion(9, 1, 0), "master", "4"),
            (InfoExcerpts.redict73, .redict, ServerVersion(7, 3, 5), "master", "5"),
        ] as [(String, ServerIdentity.Kind, ServerVersion, String, String)])
    func identity(info: String, kind: ServerIdentity.Kind, version: ServerVersion, role: String, digit: String) {
        #expect(
            observation(info).identity
                == ServerIdentity(
                    kind: kind, version: version, role: role,
                    runID: digit + "aabb1ccdd22eeff334455667788990011aabbcc"))
    }

    @Test("gives the figures")
    func figures() {
        let node = observation(InfoExcerpts.redis60)
        #expect(node.memory.usedBytes == 866_584)
        #expect(node.memory.residentBytes == 6_467_584)
        #expect(node.memory.maxBytes == 0)
        #expect(node.memory.policy == "noeviction")
        #expect(node.clients.connected == 3)
        #expect(node.clients.blocked == 1)
        #expect(node.persistence.lastSaveSucceeded == false)
        #expect(node.persistence.changesSinceLastSave == 5)
        #expect(node.persistence.lastSaveSeconds == 1_789_999_000)
        #expect(node.persistence.appendOnlyEnabled == true)
        #expect(node.persistence.lastAppendOnlyWriteSucceeded == true)
        #expect(node.persistence.loading == false)
        #expect(node.evictedKeys == 12)
        #expect(node.uptimeSeconds == 77)
        #expect(node.connectedReplicas == 0)
        #expect(node.replicas.isEmpty)
        #expect(node.errors.isEmpty)
    }

    @Test("gives replicas and errors, and passes over a count that is none")
    func replicasAndErrors() {
        let node = observation(InfoExcerpts.redis70)
        #expect(node.persistence.loading == true)
        #expect(node.persistence.appendOnlyEnabled == false)
        #expect(node.persistence.lastAppendOnlyWriteSucceeded == false)
        #expect(node.connectedReplicas == 2)
        #expect(
            node.replicas == [
                Replica(address: "10.0.0.2", port: "6379", state: "online", lagSeconds: 1),
                Replica(address: "fd00::3", port: "6380", state: "wait_bgsave", lagSeconds: 0),
            ])
        #expect(node.errors == ["ERR": 3, "NOGROUP": 18])
        #expect(
            observation(InfoExcerpts.valkey91).replicas == [
                Replica(address: "10.0.0.9", port: "6379", state: "online", lagSeconds: 0)
            ])
    }

    @Test(
        "leaves nil what is not there or not readable", arguments: ["", "\n\n", "nonsense", "# Server", ":", "NOPERM"])
    func nothing(info: String) {
        #expect(observation(info) == NodeObservation())
    }

    @Test(
        "says whether the server holds a part of a cluster",
        arguments: [
            ("redis_mode:cluster", true), ("redis_mode:standalone", false), ("server_mode:cluster", true),
            ("redict_mode:cluster", true), ("role:master", nil),
        ] as [(String, Bool?)])
    func cluster(info: String, isInCluster: Bool?) {
        #expect(observation(info).isInCluster == isInCluster)
    }

    @Test("is no identity without a version")
    func noVersion() {
        #expect(observation("redis_mode:standalone\nrole:master").identity == nil)
        #expect(observation("redis_version:unstable").identity == nil)
        #expect(observation("server_name:valkey\nredis_version:7.2.4").identity == nil)
        let bare = ServerIdentity(kind: .redis, version: ServerVersion(7, 0, 0), role: "", runID: "")
        #expect(observation("redis_version:7").identity == bare)
    }

    @Test(
        "survives figures that cannot be",
        arguments: [
            "connected_slaves:-1", "connected_slaves:9223372036854775807", "connected_slaves:99999999999999999999",
            "used_memory:-1", "maxmemory:1.5e9", "errorstat_:count=1", "slave0:", "connected_slaves:1\nslave0:ip=1",
            "connected_slaves:1\nslave0:ip=,port=,lag=x",
        ])
    func impossible(info: String) {
        let node = observation(info)
        #expect(node.identity == nil)
        #expect(node.replicas.count <= 1)
    }
}
