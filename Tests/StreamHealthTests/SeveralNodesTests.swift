import StreamModel
import Testing

@testable import StreamHealth

@Suite("A target of several servers")
struct SeveralNodesTests {
    private static let (a, b) = ("h:7000", "h:7001")
    private static let (orders, billing) = (Name("orders"), Name("billing"))
    private var target = Target()

    private static func server(_ run: String, role: String = "master") -> ServerIdentity {
        var server = ServerIdentity.redis(8, 0, 0)
        (server.runID, server.role) = (run, role)
        return server
    }

    /// Entries made at each of the seconds from 1 on, and a group with a consumer that has read some of them.
    private static func stream(
        _ entries: Int64, delivered: Int64, idle: Int64 = 0, pending: Int64 = 0
    ) -> Result<StreamObservation, SampleError> {
        let last = Target.made(entries)
        return .success(
            .sample(
                length: entries, first: Target.made(1), last: last, generated: last, deleted: 0, added: entries,
                groups: [
                    .sample(
                        delivered: Target.made(delivered), read: delivered, lag: entries - delivered,
                        consumers: [.sample("c", pending: pending, idle: idle)], pending: pending,
                        head: [.sample(Target.made(1), idle: idle)])
                ]))
    }

    private static func node(_ name: String, _ streams: StreamResults, clockOffset: Int64 = 0) -> NodeSample {
        Target.node(name, streams, clockOffset: clockOffset, server: server("run of \(name)"))
    }

    private func group(_ stream: Name, at second: Int64) -> GroupSnapshot? {
        target.stream(stream, at: second)?.groups.first
    }

    @Test("shows each of them with its share, and each stream by its own server's clock")
    mutating func shares() {
        let more = Name("more")
        target.ingest(
            [
                Target.node(
                    Self.b, [Self.orders: Self.stream(4, delivered: 2), more: .failure(.wrongType)],
                    clockOffset: 3_600_000, server: Self.server("b"), slots: 10_000),
                Target.node(
                    Self.a, [Self.billing: Self.stream(4, delivered: 2)], server: Self.server("a"), slots: 6_384),
                Target.node("h:7002", [:], server: Self.server("c"), slots: 0),
            ], at: 10)
        let snapshot = target.snapshot(at: 10)
        #expect(snapshot.isUp && snapshot.error == nil)
        #expect(snapshot.nodes.map(\.node) == [Self.a, Self.b, "h:7002"])
        #expect(snapshot.nodes.map(\.isUp) == [true, true, true])
        #expect(snapshot.nodes.map(\.slots) == [6_384, 10_000, 0])
        #expect(snapshot.nodes.map(\.streams) == [1, 2, 0])
        #expect(snapshot.streams.map(\.name) == [Self.billing, more, Self.orders])
        #expect(snapshot.streams.map(\.node) == [Self.a, Self.b, Self.b])
        #expect(snapshot.streams.map(\.figures?.lastEntryAgeSeconds) == [6, nil, 3_606])
        #expect(snapshot.streams.map(\.groups.first?.lagSeconds) == [8, nil, 3_608])
    }

    @Test("goes on with the others where one is unreachable, whose streams say so and forget nothing")
    mutating func unreachable() {
        let other = Self.node(Self.a, [Self.billing: Self.stream(4, delivered: 2)])
        target.ingest([other, Self.node(Self.b, [Self.orders: Self.stream(4, delivered: 2, pending: 1)])], at: 10)
        target.ingest([other, Target.unreachable(Self.b, Self.orders)], at: 15)
        let snapshot = target.snapshot(at: 15)
        #expect(snapshot.isUp)
        #expect(snapshot.error == "h:7001: no answer")
        #expect(snapshot.nodes.map(\.isUp) == [true, false])
        #expect(snapshot.nodes.map(\.error) == [nil, "no answer"])
        #expect(snapshot.nodes.map(\.observation?.identity?.runID) == ["run of h:7000", nil])
        #expect(snapshot.nodes.map(\.streams) == [1, 1])
        #expect(target.stream(Self.billing, at: 15)?.error == nil)
        #expect(target.stream(Self.orders, at: 15)?.error == .unreachable(node: Self.b, reason: "no answer"))
        #expect(target.stream(Self.orders, at: 15)?.figures == nil)
        #expect(target.standing(at: 15).groups.map(\.stream) == [Self.billing])

        let events = target.ingest(
            [other, Self.node(Self.b, [Self.orders: Self.stream(6, delivered: 5, pending: 2)])], at: 20)
        #expect(events == [])
        #expect(target.snapshot(at: 20).error == nil)
        #expect(target.standing(at: 20).groups.map(\.node) == [Self.a, Self.b])
        #expect(target.standing(at: 20).discontinuity == nil)
        #expect(group(Self.orders, at: 20)?.entriesDelivered == 3)
        #expect(group(Self.orders, at: 20)?.entriesAcknowledged == 2)
        #expect(group(Self.orders, at: 20)?.lag == .exact(1))
    }

    @Test("that cannot be polled at all is down with each of them")
    mutating func down() {
        target.ingest([Self.node(Self.a, [:]), Target.unreachable(Self.b)], at: 10)
        target.state.fail("no server answers")
        let snapshot = target.snapshot(at: 15)
        #expect(!snapshot.isUp)
        #expect(snapshot.error == "no server answers")
        #expect(snapshot.nodes.map(\.node) == [Self.a, Self.b])
        #expect(snapshot.nodes.map(\.error) == ["no server answers", "no server answers"])
        target.ingest([Target.unreachable(Self.a), Target.unreachable(Self.b)], at: 20)
        #expect(!target.snapshot(at: 20).isUp)
        #expect(target.snapshot(at: 20).error == "h:7000: no answer; h:7001: no answer")
    }

    @Test("drops one that is none of them any more, and keeps streams that are moved to another")
    mutating func moved() {
        let quiet = Self.node(Self.b, [:])
        for second in stride(from: Int64(10), through: 100, by: 5) {
            let orders = [Self.orders: Self.stream(second, delivered: second - 4)]
            let events = target.ingest(
                second <= 70
                    ? [Self.node(Self.a, orders), quiet] : [Self.node(Self.a, [:]), Self.node(Self.b, orders)],
                at: second)
            #expect(events == [])
            let stream = target.stream(Self.orders, at: second)
            #expect(stream?.node == (second <= 70 ? Self.a : Self.b))
            #expect(group(Self.orders, at: second)?.lag == .exact(4))
            #expect(group(Self.orders, at: second)?.entriesLost == 0)
            // The window goes on.
            let isFull = second >= 70
            #expect(group(Self.orders, at: second)?.status == (isFull ? .ok : .unknown))
            if isFull { #expect(stream?.figures?.producedPerSecond == 1) }
            if isFull { #expect(group(Self.orders, at: second)?.deliveredPerSecond == 1) }
        }
        // Not in this poll, and on no server for the time being.
        target.ingest([Self.node(Self.b, [:])], at: 105, watched: [Self.orders])
        #expect(target.snapshot(at: 105).nodes.map(\.node) == [Self.b])
        target.ingest(
            [Self.node(Self.b, [:])], at: 110, unserved: [Self.orders: .failure(.slotNotServed(12))])
        #expect(target.stream(Self.orders, at: 110)?.error == .slotNotServed(12))
        #expect(target.stream(Self.orders, at: 110)?.node == Self.b)
        #expect(target.snapshot(at: 110).events.isEmpty)
    }

    @Test("goes on with the windows of a stream that is moved to one that has only just come")
    mutating func grown() {
        for second in stride(from: Int64(10), through: 100, by: 5) {
            let orders = [Self.orders: Self.stream(second, delivered: second - 4)]
            target.ingest(
                second <= 70
                    ? [Self.node(Self.a, orders)] : [Self.node(Self.a, [:]), Self.node(Self.b, orders)], at: second)
            #expect(group(Self.orders, at: second)?.status == (second >= 70 ? .ok : .unknown))
        }
        #expect(target.standing(at: 100).discontinuity == nil)
    }

    @Test("trusts no idle time of one that has come in place of another, although it did not answer at first")
    mutating func slowSuccessor() {
        let orders = [Self.orders: Self.stream(4, delivered: 2)]
        target.ingest([Self.node(Self.a, orders), Self.node("h:7002", [:])], at: 0)
        target.ingest([Target.unreachable(Self.b, Self.orders), Self.node("h:7002", [:])], at: 5)
        target.ingest([Self.node(Self.b, orders), Self.node("h:7002", [:])], at: 10)
        #expect(target.standing(at: 10).discontinuity == Target.time(10))
    }

    @Test("asks no more of a stream that was moved than of one that was not")
    mutating func probes() throws {
        let stream = try Self.stream(4, delivered: 2).get()
        target.ingest([Self.node(Self.a, [Self.orders: .success(stream)]), Self.node(Self.b, [:])], at: 10)
        func wanted(_ run: String, _ runs: Set<String>) -> ProbeRequest {
            target.state.wantedProbes(
                stream, named: Self.orders, among: LiveServers(own: Self.server(run), runIDs: runs),
                at: Target.time(15), countLimit: 1_000)
        }
        let runs: Set = ["run of h:7000", "run of h:7001"]
        #expect(wanted("run of h:7001", runs) == wanted("run of h:7000", runs))
    }

    @Test("trusts no idle time from before a replica was promoted, and moves nothing on its word")
    mutating func promoted() {
        for second in stride(from: Int64(0), through: 100, by: 5) {
            target.ingest([Self.node(Self.a, [Self.orders: Self.stream(4, delivered: 2, pending: 1)])], at: second)
        }
        #expect(group(Self.orders, at: 100)?.status == .stalled)
        target.state.fail("no answer")
        // It knows of no read that got nothing, and was never told of the last that got something.
        for second in stride(from: Int64(110), through: 400, by: 5) {
            let events = target.ingest(
                [
                    Self.node(
                        Self.b,
                        [Self.orders: Self.stream(4, delivered: 2, idle: 7_200_000 + second * 1_000, pending: 1)])
                ], at: second)
            #expect(events == [])
            let consumer = group(Self.orders, at: second)?.consumers.first
            #expect([.active, nil].contains(consumer?.status))
            #expect(group(Self.orders, at: second)?.status == (second < 170 ? .unknown : .stalled))
        }
        #expect(target.snapshot(at: 400).nodes.map(\.node) == [Self.b])
        let standing = target.standing(at: 400)
        #expect(standing.discontinuity == Target.time(110))
        #expect(standing.groups.first?.consumers?.first?.idleMilliseconds == 290_000)
        #expect(standing.groups.first?.consumers?.first?.longestHeldMilliseconds == 290_000)
    }

    @Test("trusts none either where a replica was promoted while weir was away")
    mutating func promotedMeanwhile() throws {
        target.ingest([Self.node(Self.a, [Self.orders: Self.stream(4, delivered: 2, pending: 1)])], at: 0)
        let memory = try target.state.memory.throughFile()
        for (node, trusted) in [(Self.a, 7_200_000), (Self.b, 0)] as [(String, Int64)] {
            target.state = TargetState(Target.configuration, memory: memory)
            target.ingest([Self.node(node, [Self.orders: Self.stream(4, delivered: 2, idle: 7_200_000)])], at: 60)
            #expect(target.standing(at: 60).groups.first?.consumers?.first?.idleMilliseconds == trusted)
        }
    }

    @Test("is as full as the fullest, as young as the youngest, and no primary where one is none")
    mutating func standing() {
        func node(_ name: String, _ used: Int64, role: String = "master") -> NodeSample {
            var memory = NodeObservation.Memory()
            (memory.usedBytes, memory.maxBytes) = (used, 100)
            return Target.node(name, [:], server: Self.server(name, role: role), memory: memory)
        }
        target.ingest([node(Self.a, 90), node(Self.b, 40)], at: 0)
        #expect(target.standing(at: 0).memoryShare == 0.9)
        #expect(target.standing(at: 0).server?.role == "master")
        #expect(target.standing(at: 0).discontinuity == nil)
        target.ingest([node(Self.a, 10), node(Self.b, 40, role: "slave"), node("h:7002", 95)], at: 5)
        #expect(target.standing(at: 5).memoryShare == 0.95)
        #expect(target.standing(at: 5).server?.role == "slave")
        #expect(target.standing(at: 5).discontinuity == Target.time(5))
    }

    @Test("has lost a stream only where all of them were asked, and none is the run that held it")
    mutating func absent() {
        let held = [Self.orders: Self.stream(4, delivered: 2)]
        func first() {
            target = Target()
            target.ingest([Self.node(Self.a, held), Self.node(Self.b, [:])], at: 0)
        }
        first()
        // Deleted.
        #expect(target.ingest([Self.node(Self.a, [:]), Self.node(Self.b, [:])], at: 5) == [])
        first()
        #expect(target.ingest([Target.unreachable(Self.a), Self.node(Self.b, [:])], at: 5) == [])
        first()
        // Moved to another, and deleted there.
        #expect(
            target.ingest([Self.node(Self.a, [:]), Self.node(Self.b, [Self.orders: .failure(.noSuchKey)])], at: 5) == []
        )
        first()
        let events = target.ingest([Self.node("h:7002", [:]), Self.node(Self.b, [:])], at: 5)
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [4])
    }

    @Test("keeps what it remembers of streams that nobody can look for")
    mutating func remembered() throws {
        target.ingest([Self.node(Self.a, [Self.orders: Self.stream(4, delivered: 2)]), Self.node(Self.b, [:])], at: 0)
        target.state = TargetState(Target.configuration, memory: try target.state.memory.throughFile())
        target.ingest([Target.unreachable(Self.a), Self.node(Self.b, [:])], at: 60)
        target.ingest(
            [Self.node(Self.a, [Self.orders: Self.stream(6, delivered: 4)]), Self.node(Self.b, [:])], at: 65)
        #expect(group(Self.orders, at: 65)?.entriesDelivered == 2)
    }
}
