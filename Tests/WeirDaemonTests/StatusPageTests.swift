import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("The status page")
struct StatusPageTests {
    private func page(_ targets: [TargetSnapshot]) -> String {
        String(
            decoding: StatusPage.render(targets, at: Timestamp(milliseconds: 1_789_973_467_000)), as: UTF8.self)
    }

    @Test(
        "escapes what HTML would take for its own",
        arguments: [
            ("orders", "orders"), ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"), ("&lt;", "&amp;lt;"), ("é\n", "é\n"),
            // With a combining mark Swift takes the two for one character.
            ("<\u{338}script", "&lt;\u{338}script"), ("", ""),
        ])
    func escaping(text: String, html: String) {
        #expect(htmlEscaped(text).unicodeScalars.elementsEqual(html.unicodeScalars))
    }

    @Test("says so where nothing has been polled yet")
    func empty() {
        #expect(page([]).contains("The first poll is under way."))
    }

    @Test("shows the time of day, and what is known of each group")
    func figures() {
        var pending = PendingSummary(entries: 4)
        pending.maxIdleSeconds = 7_300
        pending.maxDeliveries = 6
        var troubled = GroupSnapshot.sample(Name("troubled"), lag: .exact(0), lagSeconds: 0)
        troubled.status = .stopped
        troubled.consumerCount = 9
        troubled.consumersByStatus = [.idle: 4, .stuck: 2, .stale: 3]
        let html = page([
            .sample(
                nodes: [.up],
                streams: [
                    .sample(
                        Name("orders"),
                        groups: [
                            .sample(Name("exact"), lag: .exact(3), lagSeconds: 0.25, pending: pending),
                            .sample(Name("estimated"), lag: Lag(entries: 5, uncertainty: 4)), .sample(Name("unknown")),
                            troubled,
                        ]), .sample(Name("alone")),
                ], notSampled: 2)
        ])
        #expect(html.contains("<time>06:51:07</time>"))
        #expect(html.contains("<p>h:6379: redis 8.0.3, master, 1.0 MiB of memory used without a limit.</p>"))
        func row(_ cells: String...) -> String { "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>" }
        #expect(html.contains(row("orders", "7", "exact", "unknown", "3", "250 ms", "4", "2 h", "6", "0")))
        #expect(html.contains(row("orders", "7", "estimated", "unknown", "5 ± 4", "unknown", "0", "", "", "0")))
        #expect(html.contains(row("orders", "7", "unknown", "unknown", "unknown", "unknown", "0", "", "", "0")))
        #expect(
            html.contains(row("orders", "7", "troubled", "stopped", "0", "0 ms", "0", "", "", "9, 3 stale, 2 stuck")))
        #expect(html.contains(row("alone", "7", "no group", "", "", "", "", "", "", "")))
        #expect(html.contains("2 more streams match than max_streams allows."))
        #expect(!html.contains("No streams."))
    }

    @Test("says what cannot be seen, and does not call that nothing")
    func errors() {
        let down = page([.sample(isUp: false, error: "no answer")])
        #expect(down.contains("It cannot be polled: no answer."))
        #expect(!down.contains("No streams."))
        let denied = page([.sample(error: "streams cannot be found by pattern")])
        #expect(denied.contains("Not everything can be seen: streams cannot be found by pattern."))
        let failing = page([.sample(streams: [.failing(Name("orders"))])])
        #expect(failing.contains("<b>orders</b>: the key does not hold a stream."))
        #expect(!failing.contains("No streams."))
        #expect(page([.sample()]).contains("No streams."))
    }

    @Test("has no element and no attribute of anybody else's making", arguments: UInt64(1)...4)
    func hostileNames(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "<script>alert(1)</script>", "<", ">", "\"", "'", "&", "<img src=x onerror=alert(1)>", "</td>", "<!--",
            "-->",
            "\u{338}", "a", " onclick=", "\0", "javascript:", "</style>", "\u{202E}", "&#60;",
        ]
        func hostile() -> String {
            (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
                .joined()
        }
        let allowed: Set<String> = [
            "!doctype", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "time", "nav", "a",
            "main", "section", "b", "table", "thead", "tbody", "tr", "th", "td",
        ]
        for _ in 0..<100 {
            let node = NodeSnapshot(node: hostile(), isUp: false, error: hostile(), observation: nil)
            let streams: [StreamSnapshot] = [
                .sample(Name(hostile()), groups: [.sample(Name(hostile()))]),
                .failing(Name(hostile()), .refused(command: "XLEN", message: hostile())),
            ]
            let html = page([.sample(hostile(), error: hostile(), nodes: [node], streams: streams)])
            for tag in html.unicodeScalars.split(separator: "<").dropFirst() {
                let name = String(Substring(tag.prefix { $0 != " " && $0 != ">" })).lowercased()
                #expect(allowed.contains(name.hasPrefix("/") ? String(name.dropFirst()) : name), "\(name)")
            }
            // Each element that weir makes has its own attributes only.
            for match in html.matches(of: /<[a-z0-9]+ ([^>]*)>/) {
                #expect(!match.1.contains("onerror") && !match.1.contains("onclick"), "\(match.0)")
            }
        }
    }
}
