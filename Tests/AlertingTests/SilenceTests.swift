import Alerting
import StreamModel
import Testing

@Suite("A silence")
struct SilenceTests {
    private static func fault(_ text: String) -> Silence.TextFault? {
        do {
            _ = try Silence.matchers(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "is asked for by a rule's name, or by labels with patterns",
        arguments: [
            ("GroupStopped", [("alertname", "GroupStopped")]), ("Group*", [("alertname", "Group*")]),
            ("*", [("alertname", "*")]), ("stream=orders", [("stream", "orders")]),
            ("stream=orders*,group=a\\*", [("stream", "orders*"), ("group", "a\\*")]),
            ("stream=a\\,b=c", [("stream", "a,b=c")]), ("group=", [("group", "")]),
            ("alertname=LagHigh,target=t", [("alertname", "LagHigh"), ("target", "t")]),
        ] as [(String, [(String, String)])])
    func texts(text: String, expected: [(String, String)]) throws {
        #expect(
            try Silence.matchers(parsing: text)
                == expected.map { Silence.Matcher(label: $0.0, pattern: $0.1) })
    }

    @Test("that would silence nothing is refused")
    func faults() {
        #expect(Self.fault("") == .empty)
        #expect(Self.fault("groupstopped") == .unknownRule("groupstopped", nearest: "GroupStopped"))
        #expect(Self.fault("alertname=Nothing") == .unknownRule("Nothing", nearest: nil))
        #expect(Self.fault("stream=a,b") == .noLabel(in: "b"))
        #expect(Self.fault("=a") == .noLabel(in: "=a"))
    }

    @Test("covers what all its patterns match, from its beginning to its end")
    func covers() {
        let silence = Silence(
            matchers: [
                Silence.Matcher(label: "stream", pattern: "ord*"), Silence.Matcher(label: "node", pattern: ""),
            ], startsAt: Timestamp(milliseconds: 10), endsAt: Timestamp(milliseconds: 20), comment: "")
        let labels = ["stream": "orders", "group": "g"]
        for (time, isCovered) in [(9, false), (10, true), (19, true), (20, false)] as [(Int64, Bool)] {
            #expect(silence.covers(labels, at: Timestamp(milliseconds: time)) == isCovered)
        }
        #expect(!silence.covers(["stream": "billing"], at: Timestamp(milliseconds: 10)))
        #expect(!silence.covers(labels.merging(["node": "n"]) { $1 }, at: Timestamp(milliseconds: 10)))
    }
}
