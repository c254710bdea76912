import Alerting
import StreamModel
import Testing

@Suite("Streams of which the sample is old")
struct SampleAgeRuleTests {
    private static let denied = SampleError.noPermission(command: "XINFO GROUPS")

    private func look(
        _ stream: StreamSnapshot, limits: [AlertRule: [RuleLimit: Int64]] = [:], interval: Int64 = 5_000
    ) -> Verdict {
        var target = RuledTarget(limits: limits) { $0.intervalMilliseconds = interval }
        target.snapshot.streams = [stream]
        return target.look(.sampleStale, on: .stream(Name("a b")))
    }

    @Test(
        "are those that were not sampled for three intervals, or never for an error",
        arguments: [
            (0, nil, "clear"), (15, nil, "clear"), (15.1, nil, "a b was last sampled 15 s ago."), (5, denied, "clear"),
            (20, denied, "a b was last sampled 20 s ago: this user may not run XINFO GROUPS on it."),
            (nil, denied, "a b could not be sampled yet: this user may not run XINFO GROUPS on it."),
            (nil, .noSuchKey, "stream_gone"), (20, .wrongType, "stream_gone"),
            (
                20, .parts(failed: 1, of: 2, first: Name("x"), .noSuchKey),
                "a b was last sampled 20 s ago: 1 of 2 streams, "
                    + "x: there is no such key."
            ),
            (nil, .parts(failed: 2, of: 2, first: Name("x"), .noSuchKey), "clear"),
        ] as [(Double?, SampleError?, String)])
    func stale(age: Double?, error: SampleError?, text: String) {
        let found = look(
            RuledTarget.stream("a b", error == nil ? .of(length: 1, last: 0, at: 0) : nil, error: error, age: age))
        #expect(found.text == text)
        if let finding = found.finding { #expect(finding.command == "XINFO STREAM \"a b\"") }
    }

    @Test("are old by the intervals of the target, and as many as somebody wants")
    func tuned() {
        let stream = RuledTarget.stream("a b", .of(length: 1, last: 0, at: 0), age: 31)
        #expect(look(stream, interval: 10_000).finding != nil)
        #expect(look(stream, interval: 11_000).text == "clear")
        #expect(look(stream, limits: [.sampleStale: [.intervals: 6]]).finding != nil)
        #expect(look(stream, limits: [.sampleStale: [.intervals: 7]]).text == "clear")
    }

    @Test("have nothing to be typed for where they are several")
    func logical() throws {
        var stream = RuledTarget.stream("a b", .of(length: 1, last: 0, at: 0), age: 31)
        stream.members = 2
        let finding = try #require(look(stream).finding)
        #expect(finding.command == nil)
    }
}
