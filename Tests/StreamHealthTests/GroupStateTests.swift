import StreamModel
import Testing

@testable import StreamHealth

@Suite("A group's state")
struct GroupStateTests {
    /// Two entries, made at seconds -60 and -10.
    private func stream(_ group: GroupObservation, current: Bool = true) -> [Name: Result<
        StreamObservation, SampleError
    >] {
        let stream = StreamObservation.sample(
            length: 2, first: Target.made(-60), last: Target.made(-10), generated: Target.made(-10), deleted: 0,
            added: 2, current: current, groups: [group])
        return [Name("s"): .success(stream)]
    }

    @Test(
        "tells how far behind it is by the first entry not delivered, or at the most by the last one that was",
        arguments: [
            (-61, 0, true, 65), (-61, 2_000, true, 67), (-61, nil, true, nil), (-61, 0, false, nil),
            (-60, 0, true, 65), (-10, 0, true, 0), (-10, nil, true, 0),
        ] as [(Int64, Int64?, Bool, Double?)])
    func lagSeconds(delivered: Int64, clockOffset: Int64?, current: Bool, seconds: Double?) {
        var target = Target()
        target.ingest(
            stream(.sample(delivered: Target.made(delivered)), current: current), at: 0, clockOffset: clockOffset)
        #expect(target.group(at: 5)?.lagSeconds == seconds)
    }

    @Test("is not behind ever since its last entry where no IDs are shown, and the server says that nothing waits")
    func reportedLag() {
        var target = Target()
        func look(reported: Int64) -> [Name: Result<StreamObservation, SampleError>] {
            stream(.sample(delivered: Target.made(-3_600), lag: reported), current: false)
        }
        target.ingest(look(reported: 0), at: 0, server: .redis(7, 0, 0))
        #expect(target.group(at: 5)?.lagSeconds == 5)
        target.ingest(look(reported: 2), at: 60, server: .redis(7, 0, 0))
        #expect(target.group(at: 60)?.lagSeconds == 60)
    }

    @Test("does not take IDs for times that are none")
    func chosenIDs() {
        var target = Target()
        let observation = StreamObservation.sample(
            length: 2, first: 1, last: 2, generated: 2, groups: [.sample(delivered: 0)])
        target.ingest([Name("s"): .success(observation)], at: 0)
        #expect(target.group(at: 0)?.lag == .exact(2))
        #expect(target.group(at: 0)?.lagSeconds == nil)
        #expect(target.stream(Name("s"), at: 0)?.figures?.firstEntryAgeSeconds == nil)
    }

    @Test("tells the ages of the first entry and the last by the server's clock, of this poll only")
    func ages() throws {
        var target = Target()
        target.ingest(stream(.sample(delivered: 0)), at: 0, clockOffset: -1_000)
        let figures = try #require(target.stream(Name("s"), at: 5)?.figures)
        #expect(figures.firstEntryAgeSeconds == 64)
        #expect(figures.lastEntryAgeSeconds == 14)
        target.ingest(stream(.sample(delivered: 0), current: false), at: 5)
        #expect(target.stream(Name("s"), at: 5)?.figures?.firstEntryAgeSeconds == nil)
    }

    @Test("keeps the clock of the oldest pending entry while the rows cannot be had")
    func rowsMissing() {
        var target = Target()
        target.ingest(stream(.sample(delivered: 0, pending: 2, head: [.sample(1, idle: 1_000)])), at: 0)
        target.ingest(stream(.sample(delivered: 0, pending: 2, head: nil)), at: 10)
        #expect(target.group(at: 10)?.pending.oldestAgeSeconds == 11)
    }

    @Test("has no oldest pending entry once none is pending, whether or not rows were asked for")
    func nothingPending() {
        for head in [nil, []] as [[PendingEntry]?] {
            var target = Target()
            target.ingest(stream(.sample(delivered: 0, pending: 2, head: [.sample(1, idle: 1_000)])), at: 0)
            // XGROUP DELCONSUMER took the last consumer and what it held: nothing more is asked about the group.
            target.ingest(stream(.sample(delivered: 0, pending: 0, head: head)), at: 10)
            #expect(target.group(at: 10)?.pending.oldestAgeSeconds == nil)
            #expect(target.group(at: 10)?.pending.poison == 0)
            #expect(target.group(at: 10)?.pending.coverageRatio == 1)
        }
    }

    @Test("shows consumers by name, each with the longest idle time among its own rows")
    func consumers() throws {
        var target = Target()
        target.ingest(
            stream(
                .sample(
                    delivered: 0, consumers: [.sample("z", pending: 2, idle: 2_500), .sample("a", idle: 0)], pending: 3,
                    head: [.sample(1, "z", idle: 10), .sample(2, "z", idle: 2_000), .nacked(3), .sample(4, "?")])),
            at: 0)
        let group = try #require(target.group(at: 60))
        var idle = ConsumerSnapshot(
            name: Name("a"), pending: 0, idleSeconds: 0, inactiveSeconds: nil, maxPendingIdleSeconds: nil)
        idle.status = .idle
        var active = ConsumerSnapshot(
            name: Name("z"), pending: 2, idleSeconds: 2.5, inactiveSeconds: nil, maxPendingIdleSeconds: 2)
        active.status = .active
        #expect(group.consumers == [idle, active])
        #expect(group.consumersByStatus == [.idle: 1, .active: 1])
        #expect(group.status == .unknown)
        #expect(group.consumersNotShown == 0)
        #expect(group.consumerCount == 2)
    }

    @Test("counts the consumers it does not show, and shows the same ones after a poll that saw none of them")
    func consumersNotShown() {
        var target = Target()
        let crowd = ["m", "n"].map { ConsumerObservation.sample($0) }
        target.ingest(stream(.sample(delivered: 0, consumers: crowd)), at: 0)
        target.ingest(stream(.sample(delivered: 0, consumers: [.sample("a")] + crowd)), at: 5)
        #expect(target.group(at: 5)?.consumers.map(\.name) == [Name("m"), Name("n")])
        #expect(target.group(at: 5)?.consumersNotShown == 1)

        var unseen = GroupObservation.sample(delivered: 0, consumers: nil)
        unseen.error = .refused(command: "XINFO CONSUMERS", message: "ERR")
        target.ingest(stream(unseen), at: 10)
        #expect(target.group(at: 10)?.consumers == [])
        #expect(target.group(at: 10)?.error == unseen.error)
        target.ingest(stream(.sample(delivered: 0, consumers: [.sample("a")] + crowd)), at: 15)
        #expect(target.group(at: 15)?.consumers.map(\.name) == [Name("m"), Name("n")])
    }
}
