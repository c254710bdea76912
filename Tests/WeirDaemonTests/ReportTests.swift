import Alerting
import Delivery
import StreamModel
import Terminal
import Testing

@testable import WeirDaemon

@Suite("What a look comes to")
struct ReportTests {
    private static let group = AlertSubject.group(Name("g"), stream: Name("s"))

    private func lines(_ look: Look, width: Int? = nil) -> [String] {
        Report(look).lines(width: width).map { $0.text(inColour: false) }
    }

    @Test("is as bad as the worst that counts")
    func status() {
        let all: [(Look, CheckStatus)] = [
            (.sample([.sample()]), .ok),
            (.sample([.sample()], found: [(.memoryUnlimited, .info, .node("h:6379"))]), .ok),
            (.sample([.sample()], found: [(.trimRisk, .warning, Self.group)]), .warning),
            (.sample([.sample()], found: [(.trimRisk, .warning, Self.group)], holdMilliseconds: 9), .warning),
            (
                .sample([.sample()], found: [(.trimRisk, .warning, Self.group), (.lagHigh, .critical, Self.group)]),
                .critical
            ),
            (.sample([.sample(streams: [.failing()])]), .warning),
            (.sample([.sample(error: "KEYS was refused")]), .warning),
            (.sample([.sample()], shortfalls: ["Not everything was seen"]), .warning),
            (.sample([.sample(isUp: false, error: "refused")], found: [(.lagHigh, .critical, Self.group)]), .unknown),
            (.sample([]), .unknown),
        ]
        for (look, status) in all { #expect(Report(look).status == status, "\(Report(look).summary)") }
        #expect(Report(.transfer(url: "http://h", .timedOut(host: "h:80"))).status == .unknown)
    }

    @Test("does not count what is silenced, or what something else explains, and says so")
    func suppressed() {
        let silence = Silence(
            matchers: [.init(label: "alertname", pattern: "*")], startsAt: Timestamp(milliseconds: 0),
            endsAt: Timestamp(milliseconds: 9_000), comment: "")
        let silenced = Report(.sample([.sample()], found: [(.lagHigh, .critical, Self.group)], silences: [silence]))
        #expect(silenced.status == .ok)
        #expect(
            silenced.troubleLines.map { $0.text(inColour: false) } == ["critical  LagHigh (silenced): It is lagHigh."])
        let look = Look.sample(
            [.sample()], found: [(.groupStopped, .critical, Self.group), (.lagHigh, .warning, Self.group)])
        #expect(
            Report(look).troubleLines.map { $0.text(inColour: false) } == [
                "critical  GroupStopped: It is groupStopped.",
                "warning   LagHigh (because of GroupStopped): It is lagHigh.",
            ])
        #expect(lines(look)[0].hasPrefix("CRITICAL: 1 critical in "))
    }

    @Test("says of two levels of a rule the worse")
    func levels() {
        let look = Look.sample(
            [.sample()], found: [(.lagHigh, .critical, Self.group), (.lagHigh, .warning, Self.group)])
        #expect(Report(look).troubles.map(\.status) == [.critical])
    }

    @Test("says first how it stands, in one line that no name can break")
    func summary() {
        let calm = TargetSnapshot.sample(streams: [
            .sample(groups: [.sample(), .sample(Name("h"))]), .sample(Name("r")),
        ])
        #expect(lines(.sample([calm]))[0] == "OK: 2 groups of 2 streams, nothing is wrong")
        let stream = StreamSnapshot.failing(Name("a|b\n\u{1b}[2J"))
        #expect(
            lines(.sample([.sample(streams: [stream])]))[0]
                == #"WARNING: 1 warning in 0 groups of 1 stream: Stream a\x7cb\x0a\x1b[2J of t cannot be read: "#
                + "the key does not hold a stream")
        let down = TargetSnapshot.sample("u", isUp: false, error: "refused")
        #expect(
            lines(.sample([.sample(), down], found: [(.trimRisk, .warning, Self.group)]))[0]
                == "UNKNOWN: u cannot be read: refused (and 1 warning)")
        #expect(
            lines(.sample([.sample(), .sample("u")], found: [(.trimRisk, .warning, Self.group)]))[0]
                == "WARNING: 1 warning in 0 groups of 0 streams: t: TrimRisk: It is trimRisk.")
    }

    @Test("has a bar in no line that a monitoring system may read, and its columns fit all the same")
    func bars() {
        let stream = StreamSnapshot.sample(Name("orders|1"), groups: [.sample(Name("g|h"), lag: .exact(1))])
        let node = NodeSnapshot(node: "h|1:6379", isUp: false, error: "no|answer", observation: nil)
        let target = TargetSnapshot.sample(
            "t|1", nodes: [.up, node], streams: [stream, .failing(Name("x|y")), .sample(Name("plain"))])
        let look = Look.sample([target], found: [(.trimRisk, .warning, Self.group), (.lagHigh, .critical, Self.group)])
        #expect(!lines(look).contains { $0.contains("|") })
        let table = lines(look).drop { !$0.hasPrefix("STREAM") }.map { String($0.prefix(22)) }
        #expect(
            table == [
                "STREAM       GROUP   S", #"orders\x7c1  g\x7ch  -"#, #"x\x7cy       -       e"#,
                "plain        -       n",
            ])
        #expect(lines(look, width: 100).contains { $0.hasPrefix("orders|1  g|h    -") })
    }

    @Test("says once that a server is down")
    func down() {
        let node = NodeSnapshot(node: "h:6379", isUp: false, error: "refused", observation: nil)
        let target = TargetSnapshot.sample(isUp: false, error: "refused", nodes: [node])
        let report = Report(.sample([target], found: [(.redisDown, .critical, .node("h:6379"))]))
        #expect(report.troubles.map(\.what) == ["t cannot be read: refused"])
        let partly = TargetSnapshot.sample(error: "h:6379: refused", nodes: [.up, node], streams: [.failing()])
        let part = Report(.sample([partly], found: [(.redisDown, .critical, .node("h:6379"))]))
        #expect(part.status == .critical)
        #expect(part.troubles.map(\.rule) == ["RedisDown"])
    }

    @Test("shows what is known, and never 0 for what is not")
    func figures() throws {
        var pending = PendingSummary(entries: 3)
        pending.maxIdleSeconds = 61.5
        var stale = ConsumerSnapshot.sample(Name("d"))
        stale.status = .stale
        var late = GroupSnapshot.sample(
            Name("late"), lag: Lag(entries: 6, uncertainty: 5), lagSeconds: 90, pending: pending,
            consumers: [.sample(), stale])
        late.status = .stalled
        late.entriesLost = 2
        let unknown = GroupSnapshot.sample(Name("new"), pending: PendingSummary(entries: nil))
        let exact = GroupSnapshot.sample(Name("well"), lag: .exact(0), lagSeconds: 0)
        let target = TargetSnapshot.sample(
            "orders", nodes: [.up],
            streams: [.sample(groups: [late, unknown, exact]), .sample(Name("alone")), .failing(Name("not"))])
        #expect(
            lines(.sample([target])).suffix(7) == [
                "orders (h:6379): redis 8.0.3, master, 1.0 MiB, no limit",
                "STREAM  GROUP  STATUS    LAG  BEHIND  PENDING  IDLE  CONSUMERS   LOST",
                "s       late   stalled    ~6    90 s        3  61 s  2, 1 stale     2",
                "s       new    -           ?       ?        ?     ?  0              -",
                "s       well   -           0       0        0     -  0              -",
                "alone   -      no group", "not     -      error",
            ])
    }

    @Test("fits a terminal of any size, the worst first")
    func page() throws {
        let groups = (0..<40).map { number in
            GroupSnapshot.sample(Name("group-\(number)"), lag: .exact(1), lagSeconds: Double(number))
        }
        let targets = [
            TargetSnapshot.sample("t", nodes: [.up], streams: [.sample(groups: groups)]),
            TargetSnapshot.sample("u", nodes: [.up, .up], streams: [.sample(Name("日本語"), groups: groups)]),
        ]
        let found = (0..<30).map { number -> (AlertRule, Severity, AlertSubject) in
            (.trimRisk, .warning, .group(Name("group-\(number)"), stream: Name("s")))
        }
        let report = Report(.sample(targets, found: found))
        for rows in 2...60 {
            for columns in [20, 45, 80, 200] {
                let size = TerminalSize(columns: columns, rows: rows)
                let page = report.page(size, foot: Line("foot"))
                #expect(page.count <= rows)
                #expect(page.first == report.summary && page.last == Line("foot"))
            }
        }
        let page = report.page(TerminalSize(columns: 100, rows: 30), foot: Line("foot"))
            .map { $0.text(inColour: false) }
        #expect(page.count == 30)
        #expect(page[9] == "and 22 more alerts")
        let first = try #require(page.firstIndex { $0.hasPrefix("TARGET") })
        #expect(page[first + 1].hasPrefix("t       s       group-29"))
        #expect(page[28].hasSuffix(" more groups"))
    }

    @Test("colours what is bad where there is colour, and is the same text without")
    func colour() {
        let look = Look.sample(
            [.sample(streams: [.sample(groups: [.sample()])])], found: [(.lagHigh, .critical, Self.group)])
        let lines = Report(look).lines(width: nil)
        #expect(lines[0].text(inColour: true).hasPrefix("\u{1b}[31mCRITICAL\u{1b}[0m: "))
        #expect(lines.contains { $0.text(inColour: true).contains("\u{1b}[31mg\u{1b}[0m") })
        #expect(!lines.contains { $0.text(inColour: false).contains("\u{1b}") })
    }
}
