import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("First light: what is on the page is what is in Redis")
struct FirstLightTests {
    private static let names: [[UInt8]] =
        [
            "plain", "with space", "quo\"te", "back\\slash", "back\\nslash", "new\nline", "{brace}\"}", "naïve 🦆",
            "a,b=\"c\"", "\\x41", "<script>&amp;", "#comment", "orders:1",
        ].map { Array($0.utf8) } + [[0xff, 0xfe, 0x61], [0xc3], [0, 0x62], Array(repeating: 0x78, count: 4000)]

    private static func words(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

    /// A stream of that name with ten entries, a group that has read four of them and acknowledged one, and one at its
    /// start; all three of the same name.
    private func lay(_ name: [UInt8], with client: ServerCommands) async throws {
        for _ in 0..<10 { try await client.send(Self.words("XADD") + [name] + Self.words("*", "field", "value")) }
        for group in [name, Array("idle".utf8)] {
            try await client.send(Self.words("XGROUP", "CREATE") + [name, group] + Self.words("0"))
        }
        let read = try await client.send(
            Self.words("XREADGROUP", "GROUP") + [name, name] + Self.words("COUNT", "4", "STREAMS") + [name]
                + Self.words(">"))
        let entry = try #require(read.elements?.first?.elements?.last?.elements?.first?.elements?.first?.bytes)
        try await client.send(Self.words("XACK") + [name, name, entry])
    }

    @Test(
        "Every stream, group and consumer is there under its name, with the figures that Redis gives",
        arguments: ServerProgram.all)
    func figures(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for name in Self.names { try await lay(name, with: client) }
        try await client.send("XADD", "no group", "*", "f", "v")
        try await client.send("XGROUP", "CREATE", "empty", "g", "$", "MKSTREAM")
        try await client.send("SET", "no stream", "at all")
        let weir = try await WeirProcess.watching(server)
        let page = try await weir.metrics { $0.value("weir_streams") == Double(Self.names.count + 2) }

        for name in Self.names {
            let stream = Name(name).text
            let labels = ["stream": stream, "db": "db0", "target": "test"]
            let group = labels.merging(["group": stream]) { $1 }
            let consumer = group.merging(["consumer": stream]) { $1 }
            #expect(page.value("redis_stream_sample_success", labels) == 1)
            #expect(page.value("redis_stream_length", labels) == 10)
            #expect(page.value("redis_stream_groups", labels) == 2)
            #expect(page.value("redis_stream_entries_added_total", labels) == (program.countsEntries ? 10 : nil))
            #expect(page.value("redis_stream_group_consumers", group) == 1)
            #expect(page.value("redis_stream_group_messages_pending", group) == 3)
            #expect(page.value("redis_stream_group_entries_read", group) == (program.countsEntries ? 4 : nil))
            #expect(page.value("redis_stream_group_lag", group) == 6)
            #expect(page.value("redis_stream_group_lag_uncertainty_entries", group) == 0)
            #expect(page.value("redis_stream_group_pending_max_deliveries", group) == 1)
            #expect(page.value("redis_stream_group_consumer_messages_pending", consumer) == 3)
            #expect(page.value("redis_stream_group_lag", labels.merging(["group": "idle"]) { $1 }) == 10)
        }
        #expect(page.value("redis_stream_groups", ["stream": "no group"]) == 0)
        #expect(page.value("redis_stream_length", ["stream": "empty"]) == 0)
        #expect(page.value("redis_stream_group_lag", ["stream": "empty", "group": "g"]) == 0)
        #expect(!page.streams.contains("no stream"))
    }

    @Test("Idle times and memory are those that Redis tells, at the time of the poll", arguments: ServerProgram.all)
    func idleAndMemory(program: ServerProgram) async throws {
        let server = try await RedisServer(["--maxmemory", "123mb"], program: program.command)
        let client = try await server.client()
        try await lay(Array("s".utf8), with: client)
        let weir = try await WeirProcess.watching(server)
        func idle() async throws -> Double {
            let consumers = try await client.send("XINFO", "CONSUMERS", "s", "s")
            let fields = try #require(consumers.elements?.first?.elements)
            let index = try #require(fields.firstIndex(of: .text("idle")))
            return Double(try #require(fields[index + 1].integer)) / 1000
        }
        let before = try await weir.metrics { $0.value("redis_up") == 1 }
        let polls = try #require(before.value("weir_polls_total", ["result": "success"]))
        let earliest = try await idle()
        // Not the next poll: that may have asked before we did.
        let page = try await weir.metrics { ($0.value("weir_polls_total", ["result": "success"]) ?? 0) >= polls + 2 }
        let latest = try await idle()
        let seen = try #require(page.value("redis_stream_group_consumer_idle_seconds", ["consumer": "s"]))
        #expect((earliest...latest).contains(seen))

        #expect(page.value("redis_memory_max_bytes") == 128_974_848)
        let info = String(decoding: try await client.send("INFO", "memory").bytes ?? [], as: UTF8.self)
        let line = try #require(info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("used_memory:") })
        let used = try #require(Double(line.dropFirst("used_memory:".count)))
        let shown = try #require(page.value("redis_memory_used_bytes", ["node": server.node, "target": "test"]))
        #expect(abs(shown - used) < 1_000_000)
        #expect(
            page.all("redis_instance_info", ["role": "master", "kind": program.isValkey ? "valkey" : "redis"]).count
                == 1)
    }

    @Test("What is deleted is gone from the page: a consumer, a group, a stream", arguments: ServerProgram.all)
    func deleted(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for name in ["kept", "going"] { try await lay(Array(name.utf8), with: client) }
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.all("redis_stream_group_consumer_messages_pending").count == 2 }

        try await client.send("XGROUP", "DELCONSUMER", "going", "going", "going")
        try await weir.metrics {
            $0.all("redis_stream_group_consumer_messages_pending").map(\.labels["stream"]) == ["kept"]
        }
        try await client.send("XGROUP", "DESTROY", "going", "going")
        try await weir.metrics { $0.all("redis_stream_group_lag", ["stream": "going"]).count == 1 }
        try await client.send("DEL", "going")
        let page = try await weir.metrics { $0.streams == ["kept"] }
        #expect(page.value("redis_stream_length", ["stream": "kept"]) == 10)

        try await client.send("XADD", "newcomer", "*", "f", "v")
        try await weir.metrics { $0.value("redis_stream_length", ["stream": "newcomer"]) == 1 }
    }

    @Test("Patterns choose, and exclude takes away")
    func patterns() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        for name in ["orders", "billing:eu", "billing:us", "billing:tmp", "shard:1", "shard:22", "other", "tmp"] {
            try await client.send("XADD", name, "*", "f", "v")
        }
        let weir = try await WeirProcess.watching(
            server, "streams: [orders, \"billing:*\", \"shard:?\", tmp], exclude: [\"*tmp\"]")
        let page = try await weir.metrics { $0.value("weir_streams") == 4 }
        #expect(page.streams == ["orders", "billing:eu", "billing:us", "shard:1"])
    }

    @Test("Streams beyond max_streams are counted, and warned of")
    func limit() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        for number in 0..<5 { try await client.send("XADD", "s\(number)", "*", "f", "v") }
        let weir = try await WeirProcess.watching(server, "max_streams: 3")
        let page = try await weir.metrics { $0.value("weir_streams_not_sampled") == 2 }
        #expect(page.value("weir_streams") == 3)
        try await weir.line(with: "warning", "more streams match than max_streams allows", "not_sampled=2", "names=")
    }

    @Test("A user who may see one stream of two sees that one, and is told of the other", arguments: ServerProgram.all)
    func onlyOnePermitted(program: ServerProgram) async throws {
        let rights = "+info +time +scan +xlen +xinfo +xpending +client|setname"
        let server = try await RedisServer(
            ["--user", "weir", "on", ">pw", "~orders:*", "-@all"] + rights.split(separator: " ").map(String.init),
            program: program.command)
        let client = try await server.client()
        for name in ["orders:1", "payroll"] { try await client.send("XADD", name, "*", "f", "v") }
        let weir = try await WeirProcess.watching(server, "username: weir, password: pw")
        let page = try await weir.metrics { $0.value("redis_stream_length", ["stream": "orders:1"]) == 1 }
        #expect(page.value("redis_stream_sample_success", ["stream": "payroll"]) == 0)
        #expect(page.all("redis_stream_length", ["stream": "payroll"]).isEmpty)
        #expect(page.value("redis_up") == 1)
        #expect(try await weir.snapshot().stream("payroll")?.error == "this user may not run XLEN on it")
    }

    @Test(
        "A user who may not look for streams, or ask for INFO and TIME, still sees those that are named",
        arguments: ServerProgram.all)
    func fewRights(program: ServerProgram) async throws {
        let server = try await RedisServer(
            ["--user", "weir", "on", ">pw", "~*", "-@all", "+xlen", "+xinfo"], program: program.command)
        let client = try await server.client()
        for name in ["named", "found"] { try await client.send("XADD", name, "*", "f", "v") }
        let weir = try await WeirProcess.watching(
            server, "username: weir, password: pw, streams: [named, \"fo*\"]")
        let page = try await weir.metrics { $0.value("redis_stream_length", ["stream": "named"]) == 1 }
        #expect(page.value("redis_up") == 1)
        #expect(page.streams == ["named"])
        #expect(page.all("redis_memory_used_bytes").isEmpty)
        let target = try #require(try await weir.snapshot().targets.first)
        #expect(target.up)
        #expect(target.error == "streams cannot be found by pattern: this user may not run SCAN on it")
        #expect(try await weir.request("GET", "/readyz").status == 200)
    }

    @Test(
        "A key that is no stream, and a name that is missing, are their own errors and hide no other",
        arguments: ServerProgram.all)
    func oneStreamsError(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await client.send("XADD", "good", "*", "f", "v")
        try await client.send("SET", "text", "value")
        let weir = try await WeirProcess.watching(server, "streams: [text, missing, good]")
        let page = try await weir.metrics { $0.value("redis_stream_length", ["stream": "good"]) == 1 }
        for name in ["text", "missing"] {
            #expect(page.value("redis_stream_sample_success", ["stream": name]) == 0)
            #expect(page.all("redis_stream_length", ["stream": name]).isEmpty)
        }
        #expect(page.value("redis_stream_sample_success", ["stream": "good"]) == 1)
        #expect(page.value("redis_up") == 1)
        let snapshot = try await weir.snapshot()
        #expect(snapshot.stream("text")?.error == "the key does not hold a stream")
        #expect(snapshot.stream("missing")?.error == "there is no such key")
        #expect(snapshot.stream("good")?.error == nil)
        #expect(snapshot.targets[0].up)
        try await weir.line(with: "the stream cannot be sampled", "stream=missing")

        try await client.send("XADD", "missing", "*", "f", "v")
        try await weir.metrics { $0.value("redis_stream_sample_success", ["stream": "missing"]) == 1 }
    }

    @Test("A lag that the server does not know is not shown as 0", arguments: ServerProgram.all)
    func unknownLag(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for number in 1...10 { try await client.send("XADD", "s", "\(number)-0", "f", "v") }
        try await client.send("XGROUP", "CREATE", "s", "g", "0")
        try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "3", "STREAMS", "s", ">")
        try await client.send("XDEL", "s", "6-0")
        let group = try #require(try await client.send("XINFO", "GROUPS", "s").elements?.first?.elements)
        let index = group.firstIndex(of: .text("lag"))
        try #require(index.map { group[$0 + 1] } ?? .null == .null, "this server knows it all the same")

        let weir = try await WeirProcess.watching(server)
        var polls = 0.0
        for _ in 0..<5 {
            let page = try await weir.metrics { ($0.value("weir_polls_total", ["result": "success"]) ?? 0) > polls }
            polls = page.value("weir_polls_total", ["result": "success"]) ?? 0
            let lag = page.value("redis_stream_group_lag", ["group": "g"])
            let uncertainty = page.value("redis_stream_group_lag_uncertainty_entries", ["group": "g"])
            #expect((lag == nil) == (uncertainty == nil))
            if let lag, let uncertainty {
                #expect(lag > 0)
                #expect(abs(lag - 6) <= uncertainty, "six entries wait")
            }
        }
        let snapshot = try await weir.snapshot()
        let lag = try #require(snapshot.stream("s")?.groups.first?.lag)
        #expect(lag.reported == nil)
        #expect(lag.state == "exact" && lag.entries == 6, "weir has counted them")
    }
}
