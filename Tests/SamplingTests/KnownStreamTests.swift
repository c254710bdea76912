import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("A stream that is held against its last look")
struct KnownStreamTests {
    private static let asked = ContinuousClock.now

    /// One group `g`, whose only consumer `c` holds one entry.
    private static func known(isSettled: Bool = true, coversAll: Bool = true) -> KnownStream {
        var group = GroupObservation(
            name: Name("g"), consumerCount: 1, pending: 1, lastDeliveredID: .zero, entriesRead: nil, reportedLag: nil)
        group.consumers = [consumer(idle: 60_000)]
        group.pendingPage = PendingPage(
            rows: [PendingEntry(id: .zero, consumer: Name("c"), idleMilliseconds: 70_000, deliveries: 1)],
            startsSweep: true, endsSweep: coversAll)
        let stream = StreamObservation(length: 1, counters: nil, countersAreCurrent: false, groups: [group])
        return KnownStream(fingerprint: 1, stream: stream, asked: asked, isSettled: isSettled)
    }

    private static func consumer(_ name: String = "c", pending: Int64 = 1, idle: Int64) -> ConsumerObservation {
        ConsumerObservation(
            name: Name(name), pending: pending, idleMilliseconds: idle, inactiveMilliseconds: nil)
    }

    /// The group 5 s later.
    private static func later(_ known: KnownStream, _ consumers: [ConsumerObservation]?) -> GroupObservation? {
        known.unchanged(consumers: [consumers], by: asked + .seconds(5)).groups.first
    }

    @Test("has pending entries that are as much older as their consumers")
    func aged() {
        let group = Self.later(Self.known(), [Self.consumer(idle: 65_003)])
        #expect(group?.agedMilliseconds == 5_003)
        #expect(group?.pendingPage?.rows.map(\.idleMilliseconds) == [75_003])
        #expect(group?.consumers?.map(\.idleMilliseconds) == [65_003])
    }

    @Test(
        "has pending entries to be asked for again where anybody may have done anything",
        arguments: [
            [consumer(idle: 4_999)], [consumer(idle: 5_001)], [consumer(pending: 2, idle: 65_000)],
            [consumer("d", idle: 65_000)], [consumer(idle: 65_000), consumer("d", pending: 0, idle: 3)], [], nil,
        ] as [[ConsumerObservation]?])
    func touched(consumers: [ConsumerObservation]?) {
        let group = Self.later(Self.known(), consumers)
        #expect(group?.agedMilliseconds == nil)
        #expect(group?.pendingPage == nil)
        #expect(group?.consumers == consumers)
    }

    @Test("has to be swept further where the last look has not seen the whole list")
    func partlySwept() {
        #expect(Self.later(Self.known(coversAll: false), [Self.consumer(idle: 65_000)])?.pendingPage == nil)
    }

    @Test("is not said to be as before where a closer look had shown more than this one")
    func unsettled() {
        let group = Self.later(Self.known(isSettled: false), [Self.consumer(idle: 65_000)])
        #expect(group?.agedMilliseconds == nil)
        #expect(group?.pendingPage?.rows.count == 1)
    }

    @Test("gives its consumers to the groups that are still there, once it has changed")
    func changed() {
        let names = ["e", "g", "h"]
        var stream = StreamObservation(
            length: 2, counters: nil, countersAreCurrent: false,
            groups: names.map {
                GroupObservation(
                    name: Name($0), consumerCount: 1, pending: 0, lastDeliveredID: .zero, entriesRead: nil,
                    reportedLag: nil)
            })
        Self.known().add([[Self.consumer(idle: 1)]], to: &stream)
        #expect(stream.groups.map { $0.consumers?.count } == [nil, 1, nil])
        stream.groups.remove(at: 1)
        Self.known().add([[Self.consumer(idle: 1)]], to: &stream)
        #expect(stream.groups.map { $0.consumers?.count } == [nil, nil])
    }

    @Test("is not held against one of whose groups one was destroyed while the poll was under way")
    func destroyed() {
        let known = { (groups: Int64) in
            var stream = Self.known().stream
            stream.counters = StreamCounters(
                radixTreeKeys: 1, radixTreeNodes: 2, groups: groups, lastGeneratedID: .zero, firstEntryID: nil,
                lastEntryID: nil, maxDeletedEntryID: nil, entriesAdded: nil)
            return SeenStream(
                name: Name("s"), stream: stream, fingerprint: 1, asked: Self.asked, isUnchanged: false, isSettled: true
            ).known
        }
        #expect(known(1) != nil)
        #expect(known(2) == nil)
    }

    @Test("is recognised by what is answered, wherever in an exchange that is")
    func fingerprint() throws {
        let reply = { (lag: Int64) in
            RedisReply.array([.array([.string(Array("lag".utf8)), .integer(lag), .null, .status("x")])])
        }
        let list = RedisReply.array([.string(Array("before".utf8)), reply(3)])
        #expect(reply(3).hashValue == list.elements?.last?.hashValue)
        #expect(reply(3).hashValue != reply(4).hashValue)
    }
}
