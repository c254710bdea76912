import StreamModel
import Testing

@testable import StreamHealth

@Suite("How a target stands")
struct TargetStandingTests {
    private static let window: Int64 = 60_000

    private func stream(
        _ groups: [GroupObservation], length: Int64 = 10, bytes: Int64? = nil
    ) -> Result<StreamObservation, SampleError> {
        var stream = StreamObservation.sample(
            length: length, first: 1, last: 100, generated: 100, deleted: 0, added: length, groups: groups)
        stream.memoryBytes = bytes
        return .success(stream)
    }

    /// One consumer that is dead, one that forgets, and two that hold nothing; the state has room to show two.
    private func group(_ name: String = "g", at second: Int64, delivered: UInt64 = 100) -> GroupObservation {
        .sample(
            name, delivered: delivered,
            consumers: [
                .sample("dead", pending: 2, idle: second * 1_000), .sample("forgetful", pending: 1, idle: 5),
                .sample("a"), .sample("z", idle: 7),
            ],
            pending: 3,
            head: [
                .sample(1, "dead", idle: second * 1_000, deliveries: 3), .sample(2, "dead", idle: second * 1_000 - 9),
                .sample(3, "forgetful", idle: second * 1_000),
            ])
    }

    @Test("tells of each group all that decides about it, of consumers that are not shown too")
    func everything() {
        var target = Target()
        for second in stride(from: Int64(5), through: 400, by: 5) {
            target.ingest([Name("s"): stream([group(at: second)], bytes: 1_005)], at: second)
        }
        #expect(target.group(at: 400)?.consumers.count == 2)
        target.ingest([:], at: 405, watched: [Name("s")])
        var expected = GroupStanding(
            stream: Name("s"), group: Name("g"), node: "h:6379", sampledAt: Target.time(400), status: .ok, pending: 3,
            maxDeliveries: 3)
        expected.consumers = [
            ConsumerStanding(name: Name("a"), status: .idle),
            ConsumerStanding(
                name: Name("dead"), pending: 2, idleMilliseconds: 400_000, status: .stale,
                longestHeldMilliseconds: 400_000),
            ConsumerStanding(
                name: Name("forgetful"), pending: 1, idleMilliseconds: 5, status: .stuck,
                longestHeldMilliseconds: 400_000),
            ConsumerStanding(name: Name("z"), idleMilliseconds: 7, status: .idle),
        ]
        expected.entryBytes = 100
        #expect(
            target.standing(at: 405)
                == TargetStanding(
                    target: "t", time: Target.time(405), server: .redis(8, 0, 0), judgedGroups: 1, unhealthyGroups: 1,
                    groups: [expected]))
    }

    @Test("tells of the streams themselves, by stream and group, under which name each is shown")
    func logical() {
        var target = Target()
        target.state.configuration.logicalStreams = LogicalStreams([
            LogicalStream(match: Glob("shard:*"), name: Name("shards"))
        ])
        let groups = ["h", "g", "other"].map { GroupObservation.sample($0, delivered: 100) }
        let names = ["shard:2", "s", "shard:1"]
        target.ingest(
            Dictionary(uniqueKeysWithValues: names.map { (Name($0), stream(groups)) }), at: 0)
        var asked: [[Name?]] = []
        let standing = target.state.standing(at: Target.time(0)) { stream, shownAs, group in
            asked.append([stream, shownAs])
            return group != Name("other")
        }
        #expect(
            standing.groups.map { "\($0.stream) \($0.group)" }
                == ["s g", "s h", "shard:1 g", "shard:1 h", "shard:2 g", "shard:2 h"])
        let shards = Name("shards")
        #expect(standing.groups.map(\.shownAs) == [nil, nil, shards, shards, shards, shards])
        #expect(asked.count == 9)
        #expect(asked.allSatisfy { $0[1] == ($0[0] == Name("s") ? nil : shards) })
    }

    @Test("says nothing of a stream that cannot be sampled, nor of any while the target cannot be polled")
    func failures() {
        var target = Target()
        for second in stride(from: Int64(0), through: 60, by: 5) {
            target.ingest([Name("s"): stream([group(at: second)]), Name("t"): stream([group(at: second)])], at: second)
        }
        #expect(target.standing(at: 60).judgedGroups == 2)
        target.ingest(
            [Name("s"): .failure(.noPermission(command: "XINFO")), Name("t"): stream([group(at: 65)])], at: 65)
        #expect(target.standing(at: 65).groups.map(\.stream) == [Name("t")])
        #expect(target.standing(at: 65).judgedGroups == 1)
        target.state.fail("no answer")
        #expect(target.standing(at: 70) == TargetStanding(target: "t", time: Target.time(70)))
        #expect(Target().standing(at: 0) == TargetStanding(target: "t", time: Target.time(0)))
    }

    @Test("does not know consumers that could not be read, and knows what they hold only where the rows could be")
    func unreadable() {
        var target = Target()
        var group = group(at: 400)
        target.ingest([Name("s"): stream([group])], at: 400)
        group.pendingPage = nil
        group.error = .noPermission(command: "XPENDING")
        target.ingest([Name("s"): stream([group])], at: 405)
        let seen = target.seen(at: 405)
        #expect(seen?.consumers?.count == 4)
        #expect(seen?.consumers?.allSatisfy { $0.longestHeldMilliseconds == nil } == true)
        #expect(seen?.maxDeliveries == nil)
        group.consumers = nil
        target.ingest([Name("s"): stream([group])], at: 410)
        #expect(target.seen(at: 410)?.consumers == .some(nil))
        #expect(target.seen(at: 410)?.status == .unknown)
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Seconds of the polls that fail.
        var failing: ClosedRange<Int64>?
        var runID = "a1"
        var role = "master"
        var clockOffset: Int64 = 0
        var second: Int64?
    }

    @Test(
        "has a discontinuity where samples do not follow from one another",
        arguments: [
            Change(testDescription: "nothing happens"),
            Change(testDescription: "a restart", runID: "b2", second: 100),
            Change(testDescription: "a failover", role: "slave", second: 100),
            Change(testDescription: "the clock is set", clockOffset: 6_000, second: 100),
            Change(testDescription: "a short outage", failing: 45...95),
            Change(testDescription: "a long outage", failing: 35...95, second: 100),
        ])
    func discontinuity(_ change: Change) {
        var target = Target()
        var server = ServerIdentity.redis(8, 0, 0)
        for second in stride(from: Int64(0), through: 200, by: 5) {
            if change.failing?.contains(second) == true || second == 150 {
                target.state.fail("no answer")
                continue
            }
            if second == 100 { (server.runID, server.role) = (change.runID, change.role) }
            target.ingest([:], at: second, clockOffset: second < 100 ? 0 : change.clockOffset, server: server)
            if second < 100 { #expect(target.standing(at: second).discontinuity == nil) }
        }
        // The short outage after it does not hide it.
        #expect(target.standing(at: 200).discontinuity == change.second.map(Target.time))
        #expect(target.standing(at: 200).server == server)
    }

    @Test("counts no idle time from before a restart, when nobody could be seen")
    func restart() {
        var target = Target()
        target.ingest([Name("s"): stream([group(at: 4_000)]), Name("t"): stream([group(at: 4_000)])], at: 0)
        #expect(target.seen(at: 0)?.consumer(Name("dead"))?.idleMilliseconds == 4_000_000)
        var server = ServerIdentity.redis(8, 0, 0)
        server.runID = "b2"
        target.ingest([:], at: 5, watched: [Name("s"), Name("t")], server: server)
        target.ingest([Name("s"): stream([group(at: 4_030)])], at: 30, watched: [Name("t")], server: server)
        let groups = target.standing(at: 30).groups
        let dead = groups.map { $0.consumer(Name("dead")) }
        #expect(dead.map { $0?.idleMilliseconds } == [25_000, 0])
        #expect(dead.map { $0?.longestHeldMilliseconds } == [25_000, 0])
        #expect(groups.first?.consumer(Name("forgetful"))?.idleMilliseconds == 5)
    }

    @Test("counts the groups that are used, and those of them in trouble")
    func storm() {
        var target = Target()
        let idle: Int64 = 90_000_000
        for second in stride(from: Int64(0), through: 120, by: 5) {
            let troubled = stream([
                group("stale", at: 400 + second),
                .sample("stopped", delivered: 0, consumers: [.sample("c", idle: 400_000)]),
                .sample("stalled", delivered: 0, consumers: [.sample("c")]),
                .sample("fine", delivered: 100, consumers: [.sample("c")]),
                .sample("abandoned", delivered: 0, consumers: [.sample("c", pending: 1, idle: idle)], pending: 1),
                .sample("unread", delivered: 0, consumers: nil),
            ])
            var streams = [Name("s"): troubled]
            if second > 100 { streams[Name("new")] = stream([group("new", at: 400 + second)]) }
            target.ingest(streams, at: second)
        }
        let standing = target.standing(at: 120, of: [])
        #expect(standing.judgedGroups == 4)
        #expect(standing.unhealthyGroups == 3)
        #expect(standing.groups.isEmpty)
    }

    @Test("has work that nobody takes also while it loses entries")
    func losing() {
        var target = Target()
        for second in stride(from: Int64(0), through: 120, by: 5) {
            let trimmed: UInt64 = second < 100 ? 1 : 51
            let stopped = GroupObservation.sample(
                delivered: 0, lag: Int64(101 - trimmed), consumers: [.sample("c", idle: 400_000)])
            let stream = StreamObservation.sample(
                length: Int64(101 - trimmed), first: trimmed, last: 100, generated: 100, deleted: 0, added: 100,
                groups: [stopped])
            target.ingest([Name("s"): .success(stream)], at: second)
        }
        #expect(target.seen(at: 120)?.status == .losing)
        #expect(target.standing(at: 120).unhealthyGroups == 1)
    }

    @Test(
        "tells how full the memory is, by the server's own limit or by the one that is set",
        arguments: [
            (500, 1_000, nil, 0.5), (500, 0, nil, nil), (500, 0, 2_000, 0.25), (500, nil, 2_000, 0.25),
            (500, 1_000, 2_000, 0.5), (nil, 1_000, nil, nil), (500, nil, nil, nil),
        ] as [(Int64?, Int64?, Int64?, Double?)])
    func memory(used: Int64?, limit: Int64?, configured: Int64?, share: Double?) {
        var target = Target()
        target.state.configuration.memoryLimitBytes = configured
        var memory = NodeObservation.Memory()
        (memory.usedBytes, memory.maxBytes) = (used, limit)
        target.ingest([:], at: 0, memory: memory)
        #expect(target.standing(at: 0).memoryShare == share)
    }

    @Test("knows no entry's size before it was asked for, and of an empty stream no less than all of it")
    func entryBytes() {
        var target = Target()
        for (length, bytes, expected) in [(10, nil, nil), (10, 999, 99), (0, 999, 999)] as [(Int64, Int64?, Int64?)] {
            target.ingest([Name("s"): stream([.sample(delivered: 100)], length: length, bytes: bytes)], at: 0)
            #expect(target.seen(at: 0)?.entryBytes == expected)
        }
    }

    @Test("gives the thresholds in force: those that are set for the group, and stale_after by what was held")
    func thresholds() throws {
        var (weir, group) = (Target(), RelievedGroup())
        var override = HealthOverride()
        (override.windowMilliseconds, override.abandonedAfterMilliseconds) = (20_000, 7_000_000)
        override.isStaleAfterAutomatic = true
        weir.state.configuration.health.overrides = [override]
        for _ in 0..<30 {
            group.pass(seconds: 5)
            group.work("w")
            group.show(to: &weir)
            if group.second == 5 { #expect(weir.seen(at: 5)?.staleAfterMilliseconds == 300_000) }
        }
        let seen = try #require(weir.seen(at: group.second))
        let hold = try #require(seen.hold)
        #expect(seen.windowMilliseconds == 20_000)
        #expect(seen.abandonedAfterMilliseconds == 7_000_000)
        #expect(seen.staleAfterMilliseconds == Int64(hold.p99Seconds * 10_000))
        #expect(seen.consumer(Name("w"))?.isAtWork == true)
    }
}
