import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("Finding the streams of a cluster")
struct ClusterDiscoveryTests {
    private var discovery = Discovery("s*")

    private mutating func ingest(_ page: RedisReply, from node: String) {
        discovery.ingest([page], from: node)
    }

    @Test("looks through all nodes, each at its own pace, and is done when all are")
    mutating func allNodes() {
        discovery.begin(on: ["a", "b"])
        ingest(.page("7", "s1"), from: "a")
        ingest(.page("0", "s2"), from: "b")
        #expect(discovery.nodesUnderWay == ["a"])
        #expect(!discovery.hasFinishedOnce)
        #expect(discovery.nextCommands(on: "b").isEmpty)
        ingest(.page("0", "s3"), from: "a")
        #expect(discovery.hasFinishedOnce)
        #expect(discovery.watched == Set(names: "s1", "s2", "s3"))
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        #expect(discovery.watched == Set(names: "s1", "s2", "s3"))
        ingest(.page("0", "s2"), from: "b")
        #expect(discovery.watched == Set(names: "s1", "s2"))
    }

    @Test("drops nothing at the end of a pass in which a node could not be looked through")
    mutating func unreachableNode() {
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        ingest(.page("0", "s2"), from: "b")
        discovery.begin(on: ["a", "b"])
        discovery.abandonPass(on: "b")
        #expect(discovery.isUnderWay)
        ingest(.page("0", "s3"), from: "a")
        #expect(!discovery.isUnderWay)
        #expect(discovery.watched == Set(names: "s1", "s2", "s3"))
        // Nor where one refuses, whatever the order.
        discovery.begin(on: ["a", "b"])
        ingest(.failure("NOPERM this user has no permissions to run the 'scan' command"), from: "a")
        ingest(.page("0", "s2"), from: "b")
        #expect(discovery.error == .noPermission(command: "SCAN"))
        #expect(discovery.watched == Set(names: "s1", "s2", "s3"))
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        ingest(.page("0", "s2"), from: "b")
        #expect(discovery.error == nil)
        #expect(discovery.watched == Set(names: "s1", "s2"))
    }

    @Test("drops nothing at the end of a pass that does not look through a node that came meanwhile")
    mutating func newNode() {
        discovery.begin(on: ["a"])
        ingest(.page("0", "s1", "s2"), from: "a")
        discovery.noteNewNode()
        discovery.begin(on: ["a"])
        discovery.noteNewNode()
        ingest(.page("0", "s1"), from: "a")
        #expect(discovery.watched == Set(names: "s1", "s2"))
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        ingest(.page("0"), from: "b")
        #expect(discovery.watched == Set(names: "s1"))
    }

    @Test("keeps a stream that has moved to a node that the pass had looked through already")
    mutating func movedStream() {
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        ingest(.page("0", "s2"), from: "b")
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        discovery.confirm([Name("s2")])
        ingest(.page("0"), from: "b")
        #expect(discovery.watched == Set(names: "s1", "s2"))
        // Once moved, it is found there.
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1"), from: "a")
        ingest(.page("0"), from: "b")
        #expect(discovery.watched == Set(names: "s1"))
    }

    @Test("counts what is beyond the limit on all nodes together")
    mutating func limit() {
        discovery = Discovery("s*", limit: 2)
        discovery.begin(on: ["a", "b"])
        ingest(.page("0", "s1", "s2", "s3"), from: "a")
        ingest(.page("0", "s4"), from: "b")
        #expect(discovery.watched == Set(names: "s1", "s2"))
        #expect(discovery.notSampled == 2)
        #expect(discovery.namesNotSampled == [Name("s3"), Name("s4")])
    }

    @Test("places each stream with the primary of its slot, and names those that nobody serves")
    func places() throws {
        // s1 is in the upper half, s2 in slot 2843.
        func node(_ port: Int64) -> RedisReply { .array([.text("127.0.0.1"), .integer(port), .text("\(port)")]) }
        func slots(_ ranges: (Int64, Int64, Int64)...) throws -> ClusterSlots {
            try ClusterSlots(
                [.array(ranges.map { .array([.integer($0.0), .integer($0.1), node($0.2)]) }), .failure("NOPERM")],
                from: .tcp(host: "127.0.0.1", port: 1))
        }
        var discovery = Discovery("s1", "s2")
        var places = StreamPlaces(areInCluster: true)
        places.update(discovery, try slots((0, 8191, 1), (8192, 16383, 2)), nodes: [])
        #expect(places.streams(on: "127.0.0.1:1") == Set(names: "s2"))
        #expect(places.streams(on: "127.0.0.1:2") == Set(names: "s1"))
        #expect(places.unserved.isEmpty)
        places.update(discovery, try slots((8192, 16383, 2)), nodes: [])
        #expect(places.streams(on: "127.0.0.1:1").isEmpty)
        #expect(places.unserved == [Name("s2"): .failure(.slotNotServed(2843))])
        discovery = Discovery("s1")
        places = StreamPlaces(areInCluster: false)
        places.update(discovery, nil, nodes: ["n"])
        #expect(places.streams(on: "n") == Set(names: "s1"))
    }
}
