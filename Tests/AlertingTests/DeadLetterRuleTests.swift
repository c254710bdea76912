import Alerting
import StreamModel
import Testing

@Suite("Streams of what was given up on")
struct DeadLetterRuleTests {
    private typealias Figures = StreamSnapshot.Figures

    private func look(_ target: inout RuledTarget, at second: Int64, _ figures: Figures, on name: String = "dlq")
        -> String
    {
        target.look(.deadLetterGrowing, at: second, figures, on: name).text
    }

    @Test("grow until nothing was added for a window")
    func growing() {
        var target = RuledTarget()
        #expect(look(&target, at: 0, .of(length: 7, added: 7, last: 0, at: 0)) == "clear")
        #expect(
            look(&target, at: 5, .of(length: 8, added: 8, last: 3, at: 5))
                == "1 entry was added to dlq, which now holds 8.")
        // One was added and two were removed.
        #expect(
            look(&target, at: 60, .of(length: 7, added: 9, last: 59, at: 60))
                == "2 entries were added to dlq within 55 s, which now holds 7.")
        #expect(look(&target, at: 119, .of(length: 7, added: 9, last: 59, at: 119)).hasPrefix("2 entries were added"))
        #expect(look(&target, at: 120, .of(length: 7, added: 9, last: 59, at: 120)) == "clear")
        #expect(look(&target, at: 125, .of(length: 0, added: 9, first: nil, last: 59, at: 125)) == "clear")
        #expect(
            look(&target, at: 130, .of(length: 1, added: 10, first: 130, last: 130, at: 130))
                == "1 entry was added to dlq, which now holds 1.")
    }

    @Test("are those whose names say so", arguments: [("dlq", true), ("orders:dead", true), ("orders", false)])
    func names(name: String, isOne: Bool) {
        var target = RuledTarget()
        _ = look(&target, at: 0, .of(length: 1, added: 1, last: 0, at: 0), on: name)
        let text = look(&target, at: 5, .of(length: 2, added: 2, last: 5, at: 5), on: name)
        #expect((text != "clear") == isOne)
        target = RuledTarget { $0.deadLetters = [Glob("ord*")] }
        _ = look(&target, at: 0, .of(length: 1, added: 1, last: 0, at: 0), on: name)
        let tuned = look(&target, at: 5, .of(length: 2, added: 2, last: 5, at: 5), on: name)
        #expect((tuned != "clear") == name.hasPrefix("ord"))
    }

    @Test("grow without being counted before Redis 7.0")
    func uncounted() {
        var target = RuledTarget()
        _ = look(&target, at: 0, .of(length: 7, last: 0, at: 0))
        #expect(look(&target, at: 5, .of(length: 7, last: 4, at: 5)) == "Entries were added to dlq, which now holds 7.")
        #expect(look(&target, at: 65, .of(length: 7, last: 4, at: 65)) == "clear")
    }

    @Test("grow by their lengths while their counters are of an earlier look, and are not counted twice")
    func largeEntries() {
        func figures(length: Int64, added: Int64?, last: Int64, at second: Int64, old: Double?) -> Figures {
            var figures = Figures.of(length: length, added: added, last: last, at: second)
            figures.countersAgeSeconds = old
            return figures
        }
        var target = RuledTarget()
        _ = look(&target, at: 0, figures(length: 7, added: 9, last: 0, at: 0, old: nil))
        let longer = figures(length: 9, added: 9, last: 0, at: 5, old: 5)
        #expect(look(&target, at: 5, longer) == "2 entries were added to dlq, which now holds 9.")
        #expect(look(&target, at: 70, longer) == "clear")
        #expect(look(&target, at: 75, figures(length: 9, added: 11, last: 5, at: 75, old: nil)) == "clear")
        target = RuledTarget()
        _ = look(&target, at: 0, figures(length: 7, added: nil, last: 0, at: 0, old: nil))
        _ = look(&target, at: 5, figures(length: 9, added: nil, last: 0, at: 5, old: 5))
        #expect(look(&target, at: 75, figures(length: 9, added: nil, last: 5, at: 75, old: nil)) == "clear")
    }

    @Test("have grown where one turns up that is young: the first entry makes the stream")
    func turnsUp() {
        var target = RuledTarget()
        _ = target.look(.deadLetterGrowing, at: 0, on: .stream(Name("dlq")))
        #expect(
            look(&target, at: 60, .of(length: 1, added: 1, first: 5, last: 5, at: 60))
                == "1 entry was added to dlq, which now holds 1.")
        target = RuledTarget()
        _ = target.look(.deadLetterGrowing, at: 0, on: .stream(Name("dlq")))
        #expect(
            look(&target, at: 600, .of(length: 5, added: 7, first: 0, last: 500, at: 600))
                == "Entries were added to dlq, which now holds 5.")
        target = RuledTarget()
        _ = target.look(.deadLetterGrowing, at: 0, on: .stream(Name("dlq")))
        #expect(look(&target, at: 600, .of(length: 5, added: 7, first: 0, last: 480, at: 600)) == "clear")
    }

    @Test("have not grown at the first look of all")
    func first() {
        var target = RuledTarget()
        #expect(look(&target, at: 60, .of(length: 1, added: 1, first: 59, last: 59, at: 60)) == "clear")
    }

    @Test("that are made anew have grown by what is in them, and those that lost writes have not")
    func anew() {
        for (last, text) in [(7, "2 entries were added to dlq, which now holds 2."), (2, "clear")] as [(Int64, String)]
        {
            var target = RuledTarget()
            _ = look(&target, at: 5, .of(length: 7, added: 7, last: 4, at: 5))
            #expect(look(&target, at: 10, .of(length: 2, added: 2, last: last, at: 10)) == text)
        }
    }

    @Test("that cannot be read for a while are not known, and nothing is forgotten of them")
    func unread() {
        var target = RuledTarget()
        _ = look(&target, at: 0, .of(length: 7, added: 7, last: 0, at: 0))
        target.snapshot.streams = [RuledTarget.stream("dlq", error: .noPermission(command: "XLEN"))]
        #expect(target.look(.deadLetterGrowing, at: 5, on: .stream(Name("dlq"))).text == "unknown")
        #expect(look(&target, at: 600, .of(length: 9, added: 9, last: 7, at: 600)).hasPrefix("2 entries were added"))
        target.snapshot.streams = [RuledTarget.stream("dlq", error: .noSuchKey)]
        #expect(target.look(.deadLetterGrowing, at: 605, on: .stream(Name("dlq"))).text == "stream_gone")
    }
}
