import Alerting
import TestSupport
import Testing

@Suite("Messages to chats")
struct ChatMessageTests {
    @Test("are Slack's")
    func slack() {
        let body = SlackMessage.body(of: .sample([.sample(.resolved), .sample()]))
        let text =
            #""text":"120 entries wait &amp; no consumer was seen for 4 min.\n```\nXINFO CONSUMERS eu:orders "#
            + #"shippers\n```\n<https://runbooks.example/GroupStopped|Runbook>","#
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"text":"orders: firing GroupStopped; resolved GroupStopped","attachments":["#
                + #"{"color":"danger","title":"Nobody reads eu:orders for shippers","#
                + #""title_link":"https://weir.example/?stream=eu%3Aorders","# + text
                + #""fallback":"Nobody reads eu:orders for shippers","mrkdwn_in":["text"]},"#
                + #"{"color":"good","title":"Resolved: Nobody reads eu:orders for shippers","#
                + #""title_link":"https://weir.example/?stream=eu%3Aorders","# + text
                + #""fallback":"Resolved: Nobody reads eu:orders for shippers","mrkdwn_in":["text"]}]}"#)
    }

    @Test("are Discord's")
    func discord() {
        let body = DiscordMessage.body(of: .sample([.sample(.resolved), .sample()]))
        let description =
            #""description":"120 entries wait & no consumer was seen for 4 min.\n```\nXINFO CONSUMERS eu:orders "#
            + #"shippers\n```\n[Runbook](https://runbooks.example/GroupStopped) · "#
            + #"[weir](https://weir.example/?stream=eu%3Aorders)","#
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"content":"orders\\: firing GroupStopped; resolved GroupStopped","embeds":["#
                + #"{"title":"Nobody reads eu\\:orders for shippers","# + description + #""color":10038562},"#
                + #"{"title":"Resolved\\: Nobody reads eu\\:orders for shippers","# + description
                + #""color":3066993}],"allowed_mentions":{"parse":[]}}"#)
    }

    @Test("say what weir itself has done, before what to type")
    func remediation() throws {
        var alert = Alert.sample()
        alert.annotations["remediation"] = "requeue by policy a_b moved 10 entries"
        let attachment = try JSONValue(reading: SlackMessage.body(of: .sample([alert])))["attachments"]?[0]
        let description = "120 entries wait &amp; no consumer was seen for 4 min."
        let slack = "\(description)\nrequeue by policy a_b moved 10 entries\n```\nXINFO"
        #expect(attachment?["text"]?.string?.hasPrefix(slack) == true)
        let embed = try JSONValue(reading: DiscordMessage.body(of: .sample([alert])))["embeds"]?[0]
        #expect(
            embed?["description"]?.string?.contains("4 min.\nrequeue by policy a\\_b moved 10 entries\n```") == true)
    }

    @Test(
        "have the colour of their severity",
        arguments: [
            (Severity.critical, "danger", 0x99_2D22), (.warning, "warning", 0xE6_7E22), (.info, "#439FE0", 0x34_98DB),
        ])
    func colors(severity: Severity, slack: String, discord: Int) throws {
        let notification = AlertNotification.sample([.sample(.firing, severity)])
        let attachment = try JSONValue(reading: SlackMessage.body(of: notification))["attachments"]?[0]
        #expect(attachment?["color"] == .string(slack))
        let embed = try JSONValue(reading: DiscordMessage.body(of: notification))["embeds"]?[0]
        #expect(embed?["color"] == .number(Double(discord)))
    }

    @Test("name the rule where there is no summary, and leave out what is not there")
    func bare() throws {
        var alert = Alert.sample()
        alert.annotations = [:]
        alert.generatorURL = ""
        let attachment = try JSONValue(reading: SlackMessage.body(of: .sample([alert])))["attachments"]?[0]
        #expect(attachment?["title"] == .string("GroupStopped"))
        #expect(attachment?["text"] == .string(""))
        #expect(attachment?["title_link"] == nil)
        let embed = try JSONValue(reading: DiscordMessage.body(of: .sample([alert])))["embeds"]?[0]
        #expect(embed?["title"] == .string("GroupStopped"))
        #expect(embed?["description"] == .string(""))
    }

    @Test("show the worst, and say how many more there are")
    func many() throws {
        let alerts =
            (0..<15).map { _ in Alert.sample(.resolved, rule: "RedisDown") }
            + (0..<14).map { _ in Alert.sample(.firing, .info, rule: "MemoryUnlimited") }
            + [.sample(.firing, .warning, rule: "LagHigh")]
        let headline = "orders: firing LagHigh, MemoryUnlimited ×14; resolved RedisDown ×15"

        let slack = try JSONValue(reading: SlackMessage.body(of: .sample(alerts)))
        #expect(slack["text"] == .string(headline))
        let attachments = try #require(slack["attachments"]).elements
        #expect(attachments.count == 21)
        #expect(attachments.first?["color"] == .string("warning"))
        #expect(attachments.last?["text"] == .string("and 10 more: resolved RedisDown ×10"))

        let discord = try JSONValue(reading: DiscordMessage.body(of: .sample(alerts)))
        #expect(discord["embeds"]?.elements.count == 10)
        #expect(discord["embeds"]?[0]?["color"] == .number(0xE6_7E22))
        let more = "and 20 more: firing MemoryUnlimited ×5; resolved RedisDown ×15"
        let content = "\(headline)\n\(more)".split(separator: ":").joined(separator: "\\:")
        #expect(discord["content"] == .string(content))

        let exact = try JSONValue(reading: SlackMessage.body(of: .sample(Array(alerts.prefix(20)))))
        #expect(exact["attachments"]?.elements.count == 20)
    }

    @Test(
        "call nobody and keep markup as text in Slack",
        arguments: [
            ("<!channel>", "&lt;!channel&gt;"), ("<https://x|y> & z", "&lt;https://x|y&gt; &amp; z"),
            ("&amp;", "&amp;amp;"), ("a\u{0}b\u{1B}c\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ])
    func slackMarkup(name: String, expected: String) throws {
        let slack = try JSONValue(reading: SlackMessage.body(of: .hostile(name)))
        #expect(slack["text"]?.string?.hasPrefix("\(expected): firing") == true)
        #expect(slack["attachments"]?[0]?["title"] == .string(expected))
        #expect(slack["attachments"]?[0]?["text"]?.string?.hasPrefix("\(expected)\n```\n\(expected)\n```\n<") == true)
    }

    @Test(
        "call nobody and keep markup as text in Discord",
        arguments: [
            ("@everyone <@1>", #"\@everyone \<\@1\>"#), ("**a** __b__ ~~c~~", #"\*\*a\*\* \_\_b\_\_ \~\~c\~\~"#),
            (#"\*"#, #"\\\*"#), ("[x](https://y)", #"\[x\]\(https\://y\)"#),
            ("# a\n> b ||c||", "\\# a\n\\> b \\|\\|c\\|\\|"),
            // With a combining mark after it, it is still one.
            ("*\u{301}", "\\*\u{301}"),
        ])
    func discordMarkup(name: String, expected: String) throws {
        let discord = try JSONValue(reading: DiscordMessage.body(of: .hostile(name)))
        #expect(discord["content"]?.string?.hasPrefix("\(expected)\\: firing") == true)
        #expect(discord["embeds"]?[0]?["title"] == .string(expected))
        let description = try #require(discord["embeds"]?[0]?["description"]?.string)
        #expect(description.hasPrefix("\(expected)\n```\n\(name)\n```\n["))
    }

    @Test("do not let a command out of its block")
    func backticks() throws {
        let name = "a```\n@everyone"
        let embed = try JSONValue(reading: DiscordMessage.body(of: .hostile(name)))["embeds"]?[0]
        let text = "a\\`\\`\\`\n\\@everyone"
        #expect(embed?["description"]?.string?.hasPrefix("\(text)\n\(text)\n[") == true)
        let attachment = try JSONValue(reading: SlackMessage.body(of: .hostile(name)))["attachments"]?[0]
        #expect(attachment?["text"]?.string?.hasPrefix("\(name)\n\(name)\n<") == true)
    }

    @Test("have links that nothing can get out of")
    func links() throws {
        let url = "https://x/a)b|c>d e&f"
        let discord = try JSONValue(reading: DiscordMessage.body(of: .hostile(url)))["embeds"]?[0]
        let encoded = "https://x/a%29b%7Cc%3Ed%20e&f"
        #expect(discord?["description"]?.string?.hasSuffix("[Runbook](\(encoded)) · [weir](\(encoded))") == true)
        let slack = try JSONValue(reading: SlackMessage.body(of: .hostile(url)))["attachments"]?[0]
        #expect(slack?["title_link"] == .string(encoded))
        #expect(slack?["text"]?.string?.hasSuffix("<https://x/a%29b%7Cc%3Ed%20e&amp;f|Runbook>") == true)
    }
}
