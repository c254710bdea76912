import Glibc
import TestSupport
import Testing

/// Twenty targets in one process: sixteen databases of one server, a server of its own, and three that hang, each in its
/// own way.
@Suite("Twenty targets, three of which hang", .serialized)
struct TwentyTargetsTests {
    private static let databases = 16
    /// In a URL, in YAML, in a label and in HTML each of these means something.
    private static let oddName = #"köln & bonn/1+2=3?%41 "<x>" \ #"#

    private let server: RedisServer
    private let other: RedisServer
    private let stopped: RedisServer
    private let unreachable: UnreachablePort
    private let silent: FakeRedis

    init() async throws {
        server = try await RedisServer()
        other = try await RedisServer()
        stopped = try await RedisServer()
        unreachable = try UnreachablePort()
        silent = try FakeRedis { $0.first == "CLIENT" ? .ok : .silence }
        let client = try await server.client()
        for database in 0..<Self.databases {
            try await client.send("SELECT", "\(database)")
            for _ in 0...database { try await client.send("XADD", "s", "*", "f", "v") }
        }
        try await other.client().send("XADD", "other", "*", "f", "v")
    }

    private static let healthy = (0..<databases).map { "db\($0)" } + [oddName]
    private static let hanging = ["silent", "stopped", "unreachable"]

    private func weir(timeout: String) async throws -> WeirProcess {
        let databases = (0..<Self.databases).map { "name: db\($0), url: \"\(server.url)/\($0)\"" }
        let odd = Self.oddName.replacing(#"\"#, with: #"\\"#).replacing("\"", with: "\\\"")
        let targets =
            databases + [
                "name: \"\(odd)\", url: \"\(other.url)\"", stopped.target("stopped"),
                "name: silent, url: \"redis://127.0.0.1:\(silent.port)\"",
                "name: unreachable, url: \"redis://127.0.0.1:\(unreachable.port)\"",
            ]
        let list = targets.map { "  - {\($0)}" }.joined(separator: "\n")
        let text = """
            targets:
            \(list)
            poll: {interval: 200ms, timeout: \(timeout), redis_share: 100%}
            rules: {RedisDown: {for: 0s}, MemoryUnlimited: false}

            """
        return try await .serving(["--config", try server.folder.write(text, to: "weir.yaml")])
    }

    /// The value for each target that has one.
    private static func byTarget(
        _ page: MetricsText, _ name: String, _ labels: [String: String] = [:]
    ) -> [String: Double] {
        let values = page.all(name, labels).compactMap { series in series.labels["target"].map { ($0, series.value) } }
        return Dictionary(values) { $1 }
    }

    /// A page on which each of the healthy ones has been polled at least five times more than on `page`, and the first to
    /// come has not run away from the last.
    private func fivePollsLater(_ weir: WeirProcess, than page: MetricsText) async throws -> MetricsText {
        let polls = { (page: MetricsText) in Self.byTarget(page, "weir_polls_total", ["result": "success"]) }
        let before = polls(page)
        return try await weir.metrics(within: .seconds(20)) { page in
            let now = polls(page)
            return Self.healthy.allSatisfy { (now[$0] ?? 0) >= (before[$0] ?? 0) + 5 }
        }
    }

    @Test("While they hang, the others are polled on and on, and SIGTERM is obeyed at once")
    func hanging() async throws {
        let weir = try await weir(timeout: "30s")
        let first = try await weir.metrics { page in
            let up = Self.byTarget(page, "redis_up")
            return (Self.healthy + ["stopped"]).allSatisfy { up[$0] == 1 }
        }
        stopped.pause()
        try await eventually {
            stopped.hasUnreadRequest && unreachable.isBeingConnectedTo && silent.commands.contains(["INFO"])
        }
        let then = try await weir.metrics()
        let later = try await fivePollsLater(weir, than: then)
        let times = [first, then, later].map { Self.byTarget($0, "weir_last_poll_timestamp_seconds") }
        for name in Self.healthy {
            #expect(times[0][name].map { first in times[2][name].map { $0 > first } ?? false } ?? false, "\(name)")
        }
        #expect(times[1]["stopped"] == times[2]["stopped"])
        #expect(times[2]["silent"] == nil && times[2]["unreachable"] == nil)
        #expect(try await weir.request("GET", "/livez").status == 200)
        #expect(try await weir.request("GET", "/").status == 200)
        weir.signal(SIGTERM)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
    }

    @Test("They are down, each with its reason, alerts are about them alone, and weir is ready")
    func down() async throws {
        let weir = try await weir(timeout: "500ms")
        try await weir.metrics { Self.byTarget($0, "redis_up")["stopped"] == 1 }
        stopped.pause()
        let page = try await weir.metrics(within: .seconds(20)) { page in
            let up = Self.byTarget(page, "redis_up")
            return Self.healthy.allSatisfy { up[$0] == 1 } && Self.hanging.allSatisfy { up[$0] == 0 }
        }
        let later = try await fivePollsLater(weir, than: page)
        #expect(Self.byTarget(later, "redis_up").filter { $0.value == 0 }.keys.sorted() == Self.hanging)
        #expect(try await weir.request("GET", "/readyz").status == 200)
        let snapshot = try await weir.snapshot()
        #expect(snapshot.targets.count == Self.healthy.count + Self.hanging.count)
        for target in snapshot.targets {
            #expect(target.up == Self.healthy.contains(target.name))
            #expect((target.error != nil) == Self.hanging.contains(target.name), "\(target.name)")
        }
        let firing = try await weir.metrics {
            Self.byTarget($0, "weir_alerts_firing", ["alertname": "RedisDown"]).count >= Self.hanging.count
        }
        #expect(
            Self.byTarget(firing, "weir_alerts_firing", ["alertname": "RedisDown"])
                == Dictionary(uniqueKeysWithValues: Self.hanging.map { ($0, 1) }))
        // One line for each that says why, not one for each attempt.
        let lines = weir.output.split(separator: "\n").filter { $0.contains("cannot be polled") }
        #expect(lines.count <= 2 * Self.hanging.count, "\(lines)")
    }

    @Test("?target= shows each alone, whatever its name is made of")
    func pages() async throws {
        let weir = try await weir(timeout: "500ms")
        try await weir.metrics { page in
            let up = Self.byTarget(page, "redis_up")
            return Self.healthy.allSatisfy { up[$0] == 1 } && Self.hanging.dropLast().allSatisfy { up[$0] != nil }
        }
        for (database, name) in Self.healthy.dropLast().enumerated() {
            let page = try await weir.metrics(target: name)
            #expect(page.all("redis_stream_length").map(\.value) == [Double(database + 1)])
            #expect(Set(page.series.map(\.labels["target"])) == [name])
        }
        let encoded = "/metrics?target=" + percentEncoded(Self.oddName)
        let odd = MetricsText(try await weir.request("GET", encoded).text)
        #expect(odd.streams == ["other"])
        #expect(Set(odd.series.map(\.labels["target"])) == [Self.oddName])

        let openMetrics = try await weir.request(
            "GET", encoded, headers: ["Accept: application/openmetrics-text; version=1.0.0"])
        #expect(openMetrics.header("Content-Type")?.hasPrefix("application/openmetrics-text") == true)
        #expect(openMetrics.text.hasSuffix("\n# EOF\n"))
        #expect(MetricsText(openMetrics.text).streams == ["other"])
        let packed = try await weir.request("GET", encoded, headers: ["Accept-Encoding: gzip"])
        #expect(packed.header("Content-Encoding") == "gzip")
        let file = try server.folder.write(packed.body, to: "page.gz")
        let unpacked = try await ChildProcess.run(["gzip", "-dc", file])
        #expect(unpacked.status == 0)
        #expect(MetricsText(unpacked.output).streams == ["other"])

        // Of one that hangs there is a page too, which says so.
        let hanging = try await weir.metrics(target: "silent")
        #expect(hanging.value("redis_up") == 0)
        for unknown in ["db16", "", "db", "DB1", percentEncoded("db1\n")] {
            let reply = try await weir.request("GET", "/metrics?target=\(unknown)")
            #expect(reply.status == 404)
            #expect(reply.text == "no target of that name is configured\n")
        }
    }

    /// Every byte of it.
    private func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }
}
