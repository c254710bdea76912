import Alerting
import TestSupport
import Testing

@Suite("The limits of receivers")
struct MessageLimitTests {
    private func units(_ value: JSONValue?) -> Int {
        value?.string?.utf16.count ?? 0
    }

    private func expectWithinLimits(_ notification: AlertNotification) throws {
        let slack = try JSONValue(reading: SlackMessage.body(of: notification))
        #expect(units(slack["text"]) <= 3_000)
        let attachments = try #require(slack["attachments"]).elements
        #expect(attachments.count <= 21)
        for attachment in attachments {
            #expect(units(attachment["title"]) <= 256)
            #expect(units(attachment["text"]) <= 8_000)
        }

        let discord = try JSONValue(reading: DiscordMessage.body(of: notification))
        #expect(units(discord["content"]) <= 2_000)
        let embeds = try #require(discord["embeds"]).elements
        #expect(embeds.count <= 10)
        for embed in embeds {
            #expect((1...256).contains(units(embed["title"])))
            #expect(units(embed["description"]) <= 4_096)
        }
        #expect(embeds.map { units($0["title"]) + units($0["description"]) }.reduce(0, +) <= 6_000)

        for alert in notification.alerts.prefix(1) {
            let body = PagerDutyEvent.body(of: alert, routingKey: "key")
            #expect(body.count <= 512_000)
            #expect(units(try JSONValue(reading: body)["payload"]?["summary"]) <= 1_024)
        }
    }

    @Test(
        "are kept, however long a name is and whatever it is escaped to",
        arguments: ["a", "*", "&", "`", "\"", "é", "😀", "👩‍👩‍👧", "e\u{301}\u{302}", "\0", "\n"], [1, 256, 5_000])
    func longNames(piece: String, count: Int) throws {
        let name = String(repeating: piece, count: count)
        for alerts in [1, 3, 21] {
            try expectWithinLimits(.sample((0..<alerts).map { _ in .hostile(name) }, target: name))
        }
    }

    @Test("are kept for a name of a megabyte, and for one that is a single character")
    func megabytes() throws {
        try expectWithinLimits(.hostile(String(repeating: "x", count: 1_000_000)))
        try expectWithinLimits(.hostile("e" + String(repeating: "\u{301}", count: 20_000)))
    }

    @Test("are kept for any name", arguments: 0..<100)
    func anyName(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let alerts = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
            Alert.hostile("x" + RandomText.next(upTo: 600, &generator))
        }
        try expectWithinLimits(.sample(alerts, target: RandomText.next(upTo: 2_000, &generator)))
    }

    @Test(
        "cut neither a character nor an escape",
        arguments: [
            ("x", 256, 256, "x"), ("x", 257, 255, "x…"), ("&", 51, 51, "&amp;"), ("&", 52, 51, "&amp;…"),
            ("😀", 128, 128, "😀"), ("😀", 129, 127, "😀…"), ("👩‍👩‍👧", 40, 31, "👩‍👩‍👧…"),
        ])
    func cuts(piece: String, count: Int, whole: Int, sample: String) throws {
        let name = String(repeating: piece, count: count)
        let title = try JSONValue(reading: SlackMessage.body(of: .hostile(name)))["attachments"]?[0]?["title"]
        let isCut = sample.hasSuffix("…")
        let shown = isCut ? String(sample.dropLast()) : sample
        #expect(title == .string(String(repeating: shown, count: whole) + (isCut ? "…" : "")))
    }

    @Test("leave room for what is shorter: a description, a command and the links share it")
    func sharing() throws {
        var alert = Alert.sample()
        alert.annotations["description"] = String(repeating: "d", count: 9_000)
        let one = try JSONValue(reading: DiscordMessage.body(of: .sample([alert])))["embeds"]?[0]?["description"]
        #expect(units(one) == 4_096)
        #expect(one?.string?.contains("…\n```\nXINFO CONSUMERS eu:orders shippers\n```\n[Runbook](") == true)

        alert.annotations["command"] = String(repeating: "c", count: 9_000)
        let both = try #require(
            JSONValue(reading: DiscordMessage.body(of: .sample([alert])))["embeds"]?[0]?["description"]?.string)
        let parts = both.split(separator: "\n```\n", omittingEmptySubsequences: false)
        #expect(parts.count == 3)
        #expect(parts[0].hasSuffix("d…") && parts[1].hasSuffix("c…") && parts[2].hasSuffix(")"))
        #expect(abs(parts[0].count - parts[1].count) < 20)

        // What one does not need, the others have.
        let short = Alert.sample(.firing, .warning)
        let embeds = try #require(
            JSONValue(reading: DiscordMessage.body(of: .sample([alert] + (0..<9).map { _ in short })))["embeds"])
        #expect(embeds.elements.dropFirst().allSatisfy { $0["description"]?.string?.contains("…") == false })
        #expect(embeds[0]?["description"]?.string?.contains("[Runbook](https://runbooks.example/GroupStopped)") == true)
    }
}
