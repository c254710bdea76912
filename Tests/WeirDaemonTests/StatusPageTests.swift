import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("The status page")
struct StatusPageTests {
    private func page(_ targets: [TargetSnapshot]) -> String {
        String(
            decoding: StatusPage.render(
                targets, alerts: [], actions: ActionBoard.State(), at: Timestamp(milliseconds: 1_789_973_467_000)),
            as: UTF8.self)
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

    @Test("says of several targets which cannot be polled, and has a link to each, whatever it is called")
    func contents() {
        #expect(!page([.sample("alone")]).contains("targets"))
        let html = page([.sample("a"), .sample("<b>", isUp: false, error: "down"), .sample("c")])
        #expect(html.contains("<p>3 targets, 1 of which cannot be polled:</p>"))
        #expect(html.contains("<a class=\"bad\" href=\"#target-1\">&lt;b&gt;</a>\n<a href=\"#target-2\">c</a>"))
        #expect(html.contains("<section id=\"target-1\">\n<h2>&lt;b&gt;</h2>"))
        #expect(page([.sample("a"), .sample("b")]).contains("<p>2 targets:</p>"))
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
        func cells(_ group: String, _ status: String, _ lag: String, _ behind: String, _ pending: String...) -> String {
            (["orders", "7", "", group, status, lag, behind, "", "", ""] + pending).map { "<td>\($0)</td>" }.joined()
        }
        #expect(html.contains(cells("exact", "unknown", "3", "250 ms", "4", "2 h", "", "6", "0")))
        #expect(html.contains(cells("estimated", "unknown", "5 ± 4", "unknown", "0", "", "", "", "0")))
        #expect(html.contains(cells("unknown", "unknown", "unknown", "unknown", "0", "", "", "", "0")))
        #expect(html.contains(cells("troubled", "stopped", "0", "0 ms", "0", "", "", "", "9, 3 stale, 2 stuck")))
        #expect(html.contains("<td>alone</td><td>7</td><td></td><td>no group</td><td></td>"))
        #expect(html.matches(of: /<th scope/).count == 15)
        for row in html.matches(of: /<tr>(<td>.*)<\/tr>/) { #expect(row.1.matches(of: /<td>/).count == 15) }
        #expect(html.contains("2 more streams match than max_streams allows."))
        #expect(!html.contains("No streams."))
    }

    @Test("shows how fast entries come and go, and what was lost")
    func rates() {
        var target = TargetSnapshot.full
        target.streams[0].groups[0].trimMarginSeconds = 9_000
        let html = page([target])
        #expect(html.contains("<td>s (2 streams)</td><td>7</td><td>12.5</td>"))
        let behind = "<td>losing</td><td>10</td><td>4 s</td><td>drains in 4 min, 2 lost</td>"
        #expect(html.contains(behind + "<td>2.5</td><td>2.25</td><td>2</td><td>61 s</td><td>9 s</td><td>6</td>"))
        #expect(html.contains("without a limit of its own; at this rate the limit is reached in 2 h.</p>"))
    }

    @Test(
        "says what becomes of what waits, and what trimming threatens to take first",
        arguments: [
            (nil, nil, nil, nil, ""), (true, 0, nil, nil, ""), (true, 240, nil, nil, "drains in 4 min"),
            (nil, 240, nil, nil, "drains in 4 min"), (false, nil, nil, nil, "does not drain"),
            (true, 240, 241, nil, "drains in 4 min"),
            (true, 240, 48, nil, "drains in 4 min, trimming reaches it in 48 s (120 entries)"),
            (false, nil, 3_599, nil, "does not drain, trimming reaches it in 59 min (120 entries)"),
            (false, nil, 3_600, nil, "does not drain"),
            // Nothing waits, but what is pending would be trimmed before it is acknowledged.
            (true, 0, 10, 12, "trimming reaches it in 10 s (120 entries)"), (true, 0, 10, 9, ""),
            (true, .infinity, nil, nil, "drains in over 100 years"), (true, .nan, .nan, .nan, ""),
        ] as [(Bool?, Double?, Double?, Double?, String)])
    func outlook(isDraining: Bool?, drain: Double?, margin: Double?, hold: Double?, text: String) {
        var group = GroupSnapshot.sample(lag: .exact(1), lagSeconds: 1)
        (group.isDraining, group.drainSeconds, group.trimMarginSeconds) = (isDraining, drain, margin)
        group.trimMarginEntries = margin.map { _ in 120 }
        group.hold = hold.map { HoldQuantiles(medianSeconds: 0, p99Seconds: $0) }
        let html = page([.sample(streams: [.sample(groups: [group])])])
        #expect(html.contains("<td>unknown</td><td>1</td><td>1 s</td><td>\(text)</td>"))
    }

    @Test("says how old a stream's figures are where others were sampled since")
    func ages() {
        var (late, fresh) = (StreamSnapshot.sample(Name("late")), StreamSnapshot.sample(Name("fresh")))
        (late.sampleAgeSeconds, fresh.sampleAgeSeconds) = (15.5, 0.5)
        #expect(page([.sample(streams: [fresh, late])]).contains("<td>late (15 s old)</td>"))
        #expect(page([.sample(streams: [fresh, late])]).contains("<td>fresh</td>"))
        fresh.sampleAgeSeconds = 15
        #expect(page([.sample(streams: [fresh, late])]).contains("<td>late</td>"))
        (fresh.sampleAgeSeconds, late.members) = (nil, 1)
        #expect(page([.sample(streams: [fresh, late])]).contains("<td>late (1 stream)</td>"))
    }

    @Test("says what is not known of a stream that stands for several, one of which could not be sampled")
    func partlySampled() {
        var group = GroupSnapshot.sample(pending: PendingSummary(entries: nil))
        group.entriesLost = nil
        var stream = StreamSnapshot.sample(Name("shards"), groups: [group])
        stream.error = .parts(failed: 1, of: 2, first: Name("shard:2"), .wrongType)
        stream.members = 2
        stream.figures?.length = nil
        let html = page([.sample(streams: [stream])])
        #expect(html.contains("<b>shards</b>: 1 of 2 streams, shard:2: the key does not hold a stream.</p>"))
        #expect(html.contains("<td>shards (2 streams)</td><td>unknown</td><td></td><td>g</td>"))
        #expect(html.contains("<td></td><td></td><td></td><td>unknown</td><td></td>"))
    }

    @Test("names some of the streams that are not sampled")
    func notSampled() {
        var target = TargetSnapshot.sample(notSampled: 7)
        target.namesNotSampled = "abcdef".map { Name("<\($0)") }
        let names = "abcde".map { "&lt;\($0)" }.joined(separator: ", ")
        #expect(page([target]).contains("7 more streams match than max_streams allows: \(names) and 2 more.</p>"))
        (target.streamsNotSampled, target.namesNotSampled) = (2, [Name("a"), Name("b")])
        #expect(page([target]).contains("2 more streams match than max_streams allows: a, b.</p>"))
    }

    @Test("says which groups are gone, once, and how to have them back")
    func vanishedGroups() {
        var target = TargetSnapshot.full
        let since = target.streams[0].vanishedGroups[0].since
        func vanished(_ group: String, _ time: Timestamp) -> StreamEvent {
            StreamEvent(kind: .vanished, at: time, stream: Name("s"), group: Name(group), entries: nil, restore: nil)
        }
        target.events = [vanished("v", since), vanished("w", since), vanished("v", since.advanced(byMilliseconds: -1))]
        let html = page([target])
        let sentence = "s, group v: it had consumers, and has been gone for 2 min. As it was: XGROUP CREATE s v 5-0</p>"
        #expect(html.contains(sentence))
        #expect(html.matches(of: /the group had consumers, and is gone/).count == 2)
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

    @Test("tells which server of a cluster carries what, and of one that is away only that")
    func cluster() {
        var up = NodeSnapshot.up
        (up.slots, up.streams) = (16_383, 2)
        var down = NodeSnapshot(node: "h:6380", isUp: false, error: "no answer", observation: nil)
        (down.slots, down.streams) = (1, 1)
        let unreachable = SampleError.unreachable(node: "h:6380", reason: "no answer")
        let html = page([
            .sample(
                error: "h:6380: no answer", nodes: [up, down],
                streams: [.failing(Name("a"), unreachable), .failing(Name("b"), .slotNotServed(7))])
        ])
        #expect(html.contains("<p>h:6379: redis 8.0.3, master, 16383 slots with 2 streams, 1.0 MiB of memory used"))
        #expect(html.contains("<p>h:6380 is not answering, 1 slot with 1 stream.</p>"))
        #expect(html.contains("Not everything can be seen: h:6380: no answer."))
        #expect(!html.contains("<b>a</b>"))
        #expect(html.contains("<b>b</b>: no server of the cluster serves slot 7.</p>"))
    }

    @Test("says of a loss that it may be more than is proven")
    func atLeast() {
        var target = TargetSnapshot.full
        target.events = [
            StreamEvent(
                kind: .rolledBack, at: Timestamp(milliseconds: 1_789_973_300_000), stream: Name("s"), group: nil,
                entries: 12, restore: nil)
        ]
        #expect(page([target]).contains("s: the server came back without its last writes (12 entries).</p>"))
        target.events[0].isAtLeast = true
        #expect(page([target]).contains("s: the server came back without its last writes (at least 12 entries).</p>"))
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
