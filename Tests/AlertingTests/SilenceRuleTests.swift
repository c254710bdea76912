import StreamModel
import Testing

@testable import Alerting

@Suite("Streams that must not be silent")
struct SilenceRuleTests {
    private typealias Figures = StreamSnapshot.Figures

    private static let quiet = TargetAlertSettings.Silence(match: Glob("s"), maxMilliseconds: 60_000)

    private func target(_ silences: [TargetAlertSettings.Silence] = [Self.quiet]) -> RuledTarget {
        RuledTarget { $0.silences = silences }
    }

    private func look(_ target: inout RuledTarget, at second: Int64, _ figures: Figures, on name: String = "s")
        -> String
    {
        target.look(.streamSilent, at: second, figures, on: name).text
    }

    @Test("are silent by the server's clock, whether or not the last entry is still there")
    func clock() {
        var target = target()
        #expect(look(&target, at: 60, .of(length: 1, last: 0, at: 60)) == "clear")
        #expect(
            look(&target, at: 61, .of(length: 0, first: nil, last: 0, at: 61))
                == "Nothing has been added to s for 61 s, longer than 60 s.")
        #expect(look(&target, at: 65, .of(length: 1, last: 64, at: 65)) == "clear")
        #expect(target.evaluator.memory.streams.additions.isEmpty)
    }

    @Test("are those that somebody names, by the first that matches")
    func named() {
        var target = target([
            Self.quiet, TargetAlertSettings.Silence(match: Glob("*"), maxMilliseconds: 10_000),
        ])
        #expect(look(&target, at: 30, .of(length: 1, last: 0, at: 30)) == "clear")
        #expect(look(&target, at: 30, .of(length: 1, last: 0, at: 30), on: "other") != "clear")
        target = self.target()
        #expect(look(&target, at: 90, .of(length: 1, last: 0, at: 90), on: "other") == "clear")
    }

    @Test("are not known to be, where the sample is too old to show it")
    func oldSample() {
        var target = target()
        for (age, text) in [(30, "unknown"), (29, "Nothing has been added to s for 90 s, longer than 60 s.")] {
            target.snapshot.streams = [
                RuledTarget.stream("s", .of(length: 1, last: 0, at: 90), age: Double(age))
            ]
            #expect(target.look(.streamSilent, at: 90, on: .stream(Name("s"))).text == text)
        }
    }

    @Test("are silent by what weir has seen, where the IDs are not a clock's")
    func ownIDs() {
        func figures(_ id: UInt64, added: Int64?) -> Figures {
            var figures = Figures.of(length: 1, added: added, last: 0, at: 0)
            figures.counters?.lastGeneratedID = StreamID(milliseconds: id, sequence: 0)
            figures.lastAddedAgeSeconds = nil
            return figures
        }
        var target = target()
        #expect(look(&target, at: 0, figures(1, added: 1)) == "clear")
        #expect(look(&target, at: 60, figures(1, added: 1)) == "clear")
        #expect(
            look(&target, at: 61, figures(1, added: 1))
                == "Nothing has been added to s for 61 s or more, longer than 60 s.")
        #expect(look(&target, at: 65, figures(2, added: 2)) == "clear")
        #expect(look(&target, at: 125, figures(2, added: 2)) == "clear")
        #expect(look(&target, at: 126, figures(2, added: 2)) != "clear")
        // Of a logical stream, whose highest ID is in another part.
        #expect(look(&target, at: 130, figures(2, added: 3)) == "clear")
        target.snapshot.streams = []
        _ = target.look(.streamSilent, at: 135, on: .stream(Name("s")))
        #expect(target.evaluator.memory.streams.additions.isEmpty)
    }

    @Test("are not known while their counters are of an earlier look, and not silent once gone")
    func unknown() {
        var figures = Figures.of(length: 1, last: 0, at: 600)
        figures.countersAgeSeconds = 30
        figures.lastAddedAgeSeconds = nil
        var target = target()
        #expect(look(&target, at: 600, figures) == "unknown")
        target.snapshot.streams = [RuledTarget.stream("s", error: .noPermission(command: "XLEN"))]
        #expect(target.look(.streamSilent, at: 605, on: .stream(Name("s"))).text == "unknown")
        target.snapshot.streams = [RuledTarget.stream("s", error: .noSuchKey)]
        #expect(target.look(.streamSilent, at: 610, on: .stream(Name("s"))).text == "stream_gone")
    }
}
