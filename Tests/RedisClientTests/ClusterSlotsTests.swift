import RedisClient
import TestSupport
import Testing

@Suite("Who serves which slot")
struct ClusterSlotsTests {
    private static let (a, b, c) = (
        "4e34d80a4adb7fec4574ec8711d94eb41d8c7688", "dfa270a994d4ead0f1af8edc484ffa75f6894e37",
        "e1b7da95df6f7158695fdc248a414578b656f16b"
    )

    @Test("The first node of a range is the primary, and replicas are nobody's primaries")
    func primaries() throws {
        let slots = try clusterSlots([
            ClusterReply.range(
                0, 8191, ClusterReply.node("127.0.0.1", 18502, id: Self.b),
                ClusterReply.node("127.0.0.1", 18503, id: Self.c)),
            ClusterReply.range(8192, 16383, ClusterReply.node("127.0.0.1", 18500, id: Self.a)),
        ])
        #expect(names(slots.primaries) == ["127.0.0.1:18500", "127.0.0.1:18502"])
        #expect(slots.primary(of: 0)?.node == "127.0.0.1:18502")
        #expect(slots.primary(of: 8191)?.node == "127.0.0.1:18502")
        #expect(slots.primary(of: 8192)?.node == "127.0.0.1:18500")
        #expect(slots.primary(of: 16383)?.node == "127.0.0.1:18500")
        #expect(slots.primary(of: 16384) == nil)
        #expect(slots.slotCount(of: .tcp(host: "127.0.0.1", port: 18500)) == 8192)
        #expect(slots.slotCount(of: .tcp(host: "127.0.0.1", port: 18503)) == 0)
        #expect(slots.unservedSlots == 0)
    }

    @Test("Slots that nobody serves are counted, and a primary may have several ranges")
    func gaps() throws {
        let node = ClusterReply.node("::1", 7001, id: Self.a)
        let slots = try clusterSlots([ClusterReply.range(1, 3, node), ClusterReply.range(7, 7, node)])
        #expect(names(slots.primaries) == ["[::1]:7001"])
        #expect(slots.slotCount(of: .tcp(host: "::1", port: 7001)) == 4)
        #expect(slots.unservedSlots == 16_380)
        #expect(slots.primary(of: 4) == nil && slots.primary(of: 7) != nil)
    }

    @Test(
        "A host that is left out is the one that was asked",
        arguments: [
            // A node that has never met another, before and from Redis 7.0 on; a cluster told to hide its hosts.
            (ClusterReply.node("", 7001, id: a, more: nil), "10.0.0.9:7001"),
            (ClusterReply.node("", 7001, id: a), "10.0.0.9:7001"),
            (ClusterReply.node(nil, 7001, id: a, more: ["ip", "172.16.0.2"]), "10.0.0.9:7001"),
            (ClusterReply.node("?", 7001, id: a), "10.0.0.9:7001"),
            // A node without a host name where the cluster is told to prefer host names.
            (ClusterReply.node("?", 7001, id: a, more: ["ip", "172.16.0.2"]), "172.16.0.2:7001"),
            (ClusterReply.node("node-a.example", 7001, id: a, more: ["ip", "172.16.0.2"]), "node-a.example:7001"),
            // What a later version may add.
            (.array([.text("h"), .integer(7001), .text(a), .array([]), .text("new"), .integer(1)]), "h:7001"),
            // Before Redis 4.0 there is no ID.
            (.array([.text("h"), .integer(7001)]), "h:7001"),
        ])
    func hosts(node: RedisReply, name: String) throws {
        #expect(try names(clusterSlots([ClusterReply.range(0, 1, node)]).primaries) == [name])
    }

    @Test("Primaries without slots are known by CLUSTER NODES, unless they have failed or are only met")
    func withoutSlots() throws {
        let slots = try clusterSlots(
            [ClusterReply.range(0, 16383, ClusterReply.node("127.0.0.1", 7000, id: Self.a))],
            ClusterReply.nodes(
                "\(Self.a) 127.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-16383 [3->-\(Self.b)]",
                "\(Self.b) 127.0.0.1:7001@17001 master - 0 1795288162489 0 connected",
                "\(Self.c) ::1:7002@17002 master,fail? - 0 1795288162489 0 connected",
                "d 127.0.0.1:7003@17003 slave \(Self.a) 0 1795288162489 0 connected",
                "e 127.0.0.1:7004@17004 master,fail - 1795288162489 1795288162489 0 disconnected",
                "f 127.0.0.1:7005@17005 handshake - 0 0 0 connected",
                "g :0@0 master,noaddr - 0 0 0 disconnected",
                "h 127.0.0.1:7006@17006,node-h.example,shard-id=69bc master - 0 0 0 connected",
                "i 127.0.0.1:7007@17007,,shard-id=69bc master,nofailover - 0 0 0 connected",
                "j 127.0.0.1:7008@17008,shard-id=69bc master - 0 0 0 connected",
                "k 127.0.0.1:7009 master - 0 0 0 connected"))
        let empty = ["7001", "7006", "7007", "7008", "7009"].map { "127.0.0.1:\($0)" }
        #expect(names(slots.primaries) == ["127.0.0.1:7000"] + empty + ["[::1]:7002"])
        #expect(slots.slotCount(of: .tcp(host: "127.0.0.1", port: 7001)) == 0)
        #expect(slots.unservedSlots == 0)
    }

    @Test("A primary without slots is put as CLUSTER SLOTS puts the others")
    func preference() throws {
        let lines = ClusterReply.nodes(
            "\(Self.a) 127.0.0.1:7000@17000,node-a.example myself,master - 0 0 1 connected 0-16383",
            "\(Self.b) 127.0.0.1:7001@17001,node-b.example master - 0 0 0 connected",
            "\(Self.c) 127.0.0.1:7002@17002 master - 0 0 0 connected")
        func others(_ host: String?) throws -> [String] {
            let node = ClusterReply.node(host, 7000, id: Self.a)
            return Array(
                names(try clusterSlots([ClusterReply.range(0, 16383, node)], lines).primaries)
                    .filter { !$0.hasSuffix(":7000") })
        }
        #expect(try others("127.0.0.1") == ["127.0.0.1:7001", "127.0.0.1:7002"])
        #expect(try others("node-a.example") == ["127.0.0.1:7002", "node-b.example:7001"])
        #expect(try others(nil) == ["10.0.0.9:7001", "10.0.0.9:7002"])
    }

    @Test("A node that is alone and serves nothing is a primary without slots, at the host that was asked")
    func alone() throws {
        let slots = try clusterSlots([], ClusterReply.nodes("\(Self.a) :7000@17000 myself,master - 0 0 0 connected"))
        #expect(names(slots.primaries) == ["10.0.0.9:7000"])
        #expect(slots.unservedSlots == 16_384)
    }

    @Test("Where the nodes may not be asked for, primaries without slots are not known")
    func nodesDenied() throws {
        let denial = RedisReply.error(RedisErrorReply(message: "NOPERM User u has no permissions to run it"))
        let range = ClusterReply.range(0, 16383, ClusterReply.node("127.0.0.1", 7000, id: Self.a))
        #expect(try names(clusterSlots([range], denial).primaries) == ["127.0.0.1:7000"])
    }

    @Test("A MOVED is followed until the cluster is asked again, and an ASK is not")
    func take() throws {
        let first = ClusterReply.node("127.0.0.1", 7001, id: Self.a)
        var slots = try clusterSlots([ClusterReply.range(0, 16383, first)])
        let before = slots
        slots.take(.ask(slot: 5, to: .tcp(host: "127.0.0.1", port: 7000)))
        #expect(slots == before)
        slots.take(.moved(slot: 5, to: .tcp(host: "127.0.0.1", port: 7000)))
        slots.take(.moved(slot: 16384, to: .tcp(host: "127.0.0.1", port: 6999)))
        #expect(names(slots.primaries) == ["127.0.0.1:7000", "127.0.0.1:7001"])
        #expect(slots.primary(of: 5)?.node == "127.0.0.1:7000")
        #expect(slots.primary(of: 4)?.node == "127.0.0.1:7001")
        #expect(
            try slots
                == clusterSlots([
                    ClusterReply.range(0, 4, first), ClusterReply.range(6, 16383, first),
                    ClusterReply.range(5, 5, ClusterReply.node("127.0.0.1", 7000, id: Self.b)),
                ]))
    }

    @Test("However slots move, each belongs where it was last said to", arguments: 0..<20 as Range<UInt64>)
    func moves(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var slots = try clusterSlots([])
        var owners: [UInt16: RedisEndpoint.Address] = [:]
        for _ in 0..<500 {
            let slot = UInt16.random(in: 0..<64, using: &random)
            let address = RedisEndpoint.Address.tcp(host: "h", port: .random(in: 1..<40, using: &random))
            slots.take(.moved(slot: slot, to: address))
            owners[slot] = address
        }
        for slot: UInt16 in 0..<64 { #expect(slots.primary(of: slot) == owners[slot]) }
        for primary in slots.primaries {
            #expect(slots.slotCount(of: primary) == owners.values.count { $0 == primary })
        }
        #expect(slots.unservedSlots == 16_384 - owners.count)
        #expect(names(slots.primaries) == Set(names(slots.primaries)).sorted())
    }

    @Test(
        "An answer that is not understood is an error",
        arguments: [
            .integer(1), .array([]), .array([.integer(0), .integer(1)]), ClusterReply.range(1, 0, node),
            ClusterReply.range(0, 16384, node), ClusterReply.range(-1, 5, node), ClusterReply.range(0, 1, .text("h")),
            ClusterReply.range(0, 1, ClusterReply.node("h", 65536, id: a)), ClusterReply.range(0, 1, .array([])),
            ClusterReply.range(0, 1, .array([.integer(1), .integer(7000)])),
            ClusterReply.range(0, 1, .array([.text("h"), .text("7000")])),
            .array([.text("0"), .text("1"), node]),
        ])
    func malformed(_ element: RedisReply) throws {
        let good = ClusterReply.range(0, 1, Self.node)
        let error = #expect(throws: RedisClientError.self) { try clusterSlots([good, element]) }
        #expect(error?.description.hasPrefix("the answer to CLUSTER SLOTS is not understood: element 2 ") == true)
    }

    private static let node = ClusterReply.node("h", 7000, id: a)

    @Test("What is no list or no text is an error")
    func otherKinds() throws {
        let asked = RedisEndpoint.Address.tcp(host: "h", port: 1)
        for replies: [RedisReply] in [[], [.array([])], [.text("x"), .text("")], [.null, .text("")]] {
            #expect(throws: RedisClientError.self) { try ClusterSlots(replies, from: asked) }
        }
        for nodes: RedisReply in [.array([]), .null, .text("nonsense\n"), .text("id h@1 master\n"), .text("id h:x a")] {
            let error = #expect(throws: RedisClientError.self) { try clusterSlots([], nodes) }
            #expect(error?.description.hasPrefix("the answer to CLUSTER NODES is not understood: ") == true)
        }
    }

    @Test("A server that refuses is quoted, and one that is no cluster's is told what it is")
    func refused() throws {
        func error(_ message: String) -> RedisClientError? {
            let reply = RedisReply.error(RedisErrorReply(message: message))
            return #expect(throws: RedisClientError.self) {
                try ClusterSlots([reply, reply], from: .tcp(host: "h", port: 1))
            }
        }
        #expect(error("NOPERM no") == .refused(command: "CLUSTER SLOTS", message: "NOPERM no"))
        #expect(error("LOADING Redis is loading the dataset in memory") == .loading)
        #expect(error("ERR This instance has cluster support disabled") == .clusterDisabled)
        #expect("\(RedisClientError.clusterDisabled)".contains("redis://"))
    }
}
