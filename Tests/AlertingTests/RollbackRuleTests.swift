import FoundationEssentials
import StreamModel
import Testing

@testable import Alerting

@Suite("Streams that the server took back")
struct RollbackRuleTests {
    private func event(
        _ kind: StreamEvent.Kind = .rolledBack, at second: Int64, _ stream: String = "s", group: String? = nil,
        entries: Int64? = nil, isAtLeast: Bool = false, isTotal: Bool = false, shownAs: String? = nil
    ) -> StreamEvent {
        var event = StreamEvent(
            kind: kind, at: RuledTarget.time(second), stream: Name(stream), group: group.map { Name($0) },
            entries: entries, restore: nil)
        event.isAtLeast = isAtLeast
        event.isTotal = isTotal
        event.shownAs = shownAs.map { Name($0) }
        return event
    }

    private func look(_ target: inout RuledTarget, at second: Int64, on stream: String = "s") -> Verdict {
        target.look(.rolledBack, at: second, on: .stream(Name(stream)))
    }

    private func target(_ events: [StreamEvent] = []) -> RuledTarget {
        var target = RuledTarget()
        target.snapshot.streams = [RuledTarget.stream("s", .of(length: 1, last: 0, at: 0))]
        target.snapshot.events = events
        return target
    }

    @Test("are news for a window")
    func news() {
        var target = target()
        #expect(look(&target, at: 0).text == "clear")
        target.snapshot.events = [
            event(at: 5, entries: 12), event(at: 5, group: "g", entries: 3), event(at: 5, group: "h"),
        ]
        let found = look(&target, at: 5)
        #expect(
            found.text
                == "The server came back with s as it was before its last 12 entries. 2 of its groups were set back with it."
        )
        #expect(found.finding?.command == "XINFO STREAM s")
        #expect(
            found.finding?.details == ["groups": "g: 3 entries again; h: how many entries again is not known"])
        #expect(look(&target, at: 64) == found)
        #expect(look(&target, at: 65).text == "clear")
        target.snapshot.events.append(event(at: 70))
        #expect(look(&target, at: 70).text == "The server came back with s as it was before its last writes.")
    }

    @Test("are said to be more, where more may be lost than is proven")
    func atLeast() throws {
        func text(_ events: StreamEvent...) throws -> Finding {
            var target = target()
            _ = look(&target, at: 0)
            target.snapshot.events = events
            return try #require(look(&target, at: 5).finding)
        }
        let found = try text(
            event(at: 5, entries: 12, isAtLeast: true), event(at: 5, group: "g", entries: 1, isAtLeast: true),
            event(at: 5, group: "h", entries: 3, isAtLeast: true))
        #expect(found.what.hasPrefix("The server came back with s as it was before its last 12 entries at least."))
        #expect(found.details["groups"] == "g: at least 1 entry again; h: at least 3 entries again")
        let one = try text(event(at: 5, entries: 1, isAtLeast: true))
        #expect(one.what == "The server came back with s as it was before its last entry at least.")
        let some = try text(event(at: 5, entries: 4, isTotal: true), event(at: 5, entries: 3, isAtLeast: true))
        #expect(some.what == "The server came back without at least 7 of the entries that had been added to s.")
    }

    @Test(
        "are not those to which something else happened", arguments: [StreamEvent.Kind.recreated, .rewound, .skipped])
    func others(kind: StreamEvent.Kind) {
        var target = target()
        _ = look(&target, at: 0)
        target.snapshot.events = [event(kind, at: 5)]
        #expect(look(&target, at: 5).text == "clear")
    }

    @Test("are at the first look of all only those of the last window")
    func firstLook() {
        var target = target([event(at: 0), event(at: 40, entries: 1), event(.skipped, at: 41)])
        #expect(look(&target, at: 60).text == "The server came back with s as it was before its last entry.")
        target = self.target([event(at: 0)])
        #expect(look(&target, at: 60).text == "clear")
    }

    @Test("are after a restart of weir those that were not judged before it, however old")
    func restart() throws {
        for (events, text) in [
            ([event(at: 5)], "clear"),
            ([event(at: 5), event(at: 10)], "The server came back with s as it was before its last writes."),
        ] {
            var before = target([event(at: 5)])
            #expect(look(&before, at: 5).finding != nil)
            let stored = try JSONEncoder().encode(before.evaluator.memory.streams)
            var memory = EvaluatorMemory()
            memory.streams = try JSONDecoder().decode(StreamRules.Memory.self, from: stored)
            #expect(memory.streams == before.evaluator.memory.streams)
            var after = target(events)
            after.evaluator = RuleEvaluator(settings: before.evaluator.settings, memory: memory)
            #expect(look(&after, at: 600).text == text)
            #expect(look(&after, at: 659).text == text)
            #expect(look(&after, at: 660).text == "clear")
        }
    }

    @Test("are seen also where weir's clock was set back")
    func clock() {
        var target = target([event(at: 5_000)])
        _ = look(&target, at: 5_000)
        _ = look(&target, at: 5_100)
        target.snapshot.events.append(event(at: 5))
        #expect(look(&target, at: 5).finding != nil)
        #expect(look(&target, at: 65).text == "clear")
        #expect(look(&target, at: 6_000).text == "clear")
    }

    @Test("are shown as the logical stream that they are part of, which is no key")
    func logical() throws {
        var target = target()
        target.snapshot.streams = [RuledTarget.stream("shards", .of(length: 1, last: 0, at: 0))]
        _ = look(&target, at: 0)
        target.snapshot.events = [
            event(at: 5, "shard:1", entries: 2, shownAs: "shards"),
            event(at: 5, "shard:1", group: "g", entries: 1, shownAs: "shards"),
            event(at: 5, "shard:2", entries: 3, shownAs: "shards"),
        ]
        let found = try #require(look(&target, at: 5, on: "shards").finding)
        #expect(
            found.what
                == "The server came back with shards as it was before its last 5 entries. 1 of its groups was set back "
                + "with it.")
        #expect(found.command == nil)
        #expect(found.details["groups"] == "g of shard:1: 1 entry again")
    }

    @Test(
        "say where nothing has come back",
        arguments: [
            (12, "without any of the 12 entries that had been added to s"),
            (1, "without the only entry that had been added to s"),
            (0, "without s, to which nothing had been added"),
            (nil, "without any of the entries that had been added to s"),
        ] as [(Int64?, String)])
    func total(entries: Int64?, state: String) {
        var target = target()
        _ = look(&target, at: 0)
        target.snapshot.events = [event(at: 5, entries: entries, isTotal: true)]
        #expect(look(&target, at: 5).text == "The server came back \(state).")
    }

    @Test("fire also where the stream is not there any more, and say so")
    func gone() {
        var target = target()
        _ = look(&target, at: 0)
        target.snapshot.events = [event(at: 5, entries: 12, isTotal: true)]
        let text = "The server came back without any of the 12 entries that had been added to s."
        for streams in [[], [RuledTarget.stream("s", error: .noSuchKey)]] {
            target.snapshot.streams = streams
            let found = look(&target, at: 5)
            #expect(found.text == "\(text) The stream is not there any more.")
            #expect(found.finding?.command == "EXISTS s")
        }
        // It may be among the keys that were not looked through yet.
        target.snapshot.streams = []
        target.snapshot.hasLookedEverywhere = false
        #expect(look(&target, at: 10).text == text)
        target.snapshot.streams = [RuledTarget.stream("s", .of(length: 1, last: 0, at: 0))]
        #expect(look(&target, at: 15).text == text)
        #expect(look(&target, at: 65).text == "clear")
    }

    @Test("are told apart from what is lost as a whole where both has happened")
    func mixed() {
        for (events, state) in [
            ([event(at: 5, entries: 3), event(at: 6, entries: 7, isTotal: true)], "any of the 10 entries"),
            ([event(at: 5, entries: 7, isTotal: true), event(at: 6, entries: 3)], "10 of the entries"),
            ([event(at: 5, "s:1", entries: 7, isTotal: true, shownAs: "s")], "7 of the entries"),
            ([event(at: 5, "s:1", isTotal: true, shownAs: "s")], "entries"),
        ] {
            var target = target()
            _ = look(&target, at: 0)
            target.snapshot.events = events
            #expect(look(&target, at: 6).text == "The server came back without \(state) that had been added to s.")
        }
    }
}
