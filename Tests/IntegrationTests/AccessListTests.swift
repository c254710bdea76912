import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("The ACL that weir prints")
struct AccessListTests {
    private static let streams = "streams: [\"orders\", \"b*\", \"my stream\", \"it's\"]"
    private static let policies = """
        remediation:
          mode: act
          policies:
            - {name: again, stream: "b*", group: g, action: requeue, min_idle: 365d, to_stream: "retry it"}
            - {name: dead, stream: orders, group: g, action: dead_letter, min_idle: 365d, after_deliveries: 5, to_stream: dead}
            - {name: tidy, stream: orders, group: g, action: forget_consumer}

        """

    private static func lines(_ arguments: [String]) async throws -> [Substring] {
        let weir = try await WeirProcess.run(["acl"] + arguments)
        #expect(weir.status == 0)
        return weir.output.split(separator: "\n")
    }

    /// As redis-cli splits a line.
    private static func words(_ line: Substring) throws -> [[UInt8]] {
        var words: [[UInt8]] = []
        var rest = line[...]
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if first == "\"" {
                let end = try #require(rest.dropFirst().firstIndex(of: "\""))
                words.append(Array(rest[rest.index(after: rest.startIndex)..<end].utf8))
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { $0 != " " }
                words.append(Array(word.utf8))
                rest = rest.dropFirst(word.count)
            }
        }
        return words
    }

    /// The first command that is printed.
    static func command(_ arguments: [String]) async throws -> [[UInt8]] {
        try words(try #require(try await lines(arguments).first))
    }

    private func lay(_ names: [String], _ client: ServerCommands) async throws {
        for name in names {
            for _ in 0..<5 { try await client.send("XADD", name, "*", "field", "value") }
            try await client.send("XGROUP", "CREATE", name, "g", "0")
            try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", name, ">")
        }
    }

    @Test("is all that polling needs", arguments: ServerProgram.all)
    func polling(program: ServerProgram) async throws {
        // PTTL is asked for under such a policy.
        let server = try await RedisServer(
            ["--maxmemory", "1gb", "--maxmemory-policy", "volatile-lru"], program: program.command)
        let client = try await server.client()
        let names = ["orders", "billing", "my stream", "it's"]
        try await lay(names, client)
        // A lag that has to be counted.
        let first = try await client.send("XADD", "billing", "*", "f", "v").bytes
        try await client.send([Array("XDEL".utf8), Array("billing".utf8), try #require(first)])

        var target = server.target("test", Self.streams)
        let file = try server.folder.write(configuration(target), to: "weir.yaml")
        try await client.send(try await Self.command(["--config", file]))

        target += ", username: weir, password: CHANGE-ME"
        let own = try server.folder.write(configuration(target), to: "own.yaml")
        let weir = try await WeirProcess.serving(["--config", own])
        let page = try await weir.metrics { page in
            page.all("redis_stream_memory_bytes").count == names.count
                && page.all("redis_stream_group_lag_seconds").count == names.count
        }
        for name in names {
            let labels = ["stream": name, "db": "db0", "target": "test"]
            #expect(page.value("redis_stream_sample_success", labels) == 1, "\(name)")
            #expect(page.value("redis_stream_group_lag", labels) == 3, "\(name)")
            #expect(page.value("redis_stream_group_messages_pending", labels) == 2, "\(name)")
            #expect(page.value("redis_stream_group_pending_max_deliveries", labels) == 1, "\(name)")
        }
        #expect(page.value("redis_up") == 1)
        #expect(page.all("redis_memory_used_bytes").count == 1)
        // What is denied once is asked again by the next pass of discovery.
        _ = try await weir.metrics { ($0.value("weir_polls_total", ["result": "success"]) ?? 0) > 25 }
        #expect(!weir.output.contains("may not run"))
        #expect(try await client.send("ACL", "LOG").elements == [])
    }

    @Test("allows nothing else", arguments: ServerProgram.all)
    func nothingElse(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay(["orders", "other"], client)
        let file = try server.folder.write(configuration(server.target("test", Self.streams)), to: "weir.yaml")
        try await client.send(try await Self.command(["--config", file]))
        let own = try await server.client(user: "weir", password: "CHANGE-ME")
        try await own.send("XLEN", "orders")
        let denied = [
            "GET orders", "SET orders x", "FLUSHALL", "XADD orders * f v", "CONFIG GET maxmemory", "KEYS *",
            "DEL orders",
            "XACK orders g 1-1", "EVAL return 0", "XLEN other", "XREAD STREAMS orders 0", "XAUTOCLAIM orders g c 0 0",
            "XGROUP DELCONSUMER orders g c", "XTRIM orders MAXLEN 0", "ACL WHOAMI", "SHUTDOWN", "CLIENT LIST",
            "MEMORY DOCTOR", "PUBLISH a b", "XINFO STREAM other", "XRANGE other - +",
        ]
        for line in denied {
            let error = await #expect(throws: RedisErrorReply.self, "\(line)") {
                try await own.send(line.split(separator: " ").map { Array($0.utf8) })
            }
            let isUnknown = !program.isFrom62 && line.hasPrefix("XAUTOCLAIM")
            #expect(error?.code == (isUnknown ? "ERR" : "NOPERM"), "\(line)")
        }
    }

    @Test("has what the policies need, and no more", arguments: ServerProgram.all)
    func acting(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay(["orders"], client)
        let configured = configuration(server.target("test", Self.streams)) + Self.policies
        let file = try server.folder.write(configured, to: "weir.yaml")
        try await client.send(try await Self.command(["--config", file]))
        let own = try await server.client(user: "weir", password: "CHANGE-ME")
        try await own.send(
            "EVAL", "redis.call('XADD', KEYS[2], '*', 'f', 'v') return redis.call('XACK', KEYS[1], 'g', '0-0')", "2",
            "orders", "retry it")
        try await own.send("XADD", "dead", "*", "f", "v")
        try await own.send("EVAL", "return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], 'g', 'nobody')", "1", "orders")
        for line in ["XADD elsewhere * f v", "XGROUP DESTROY orders g", "EVAL return(redis.call('GET','orders')) 0"] {
            await #expect(throws: RedisErrorReply.self, "\(line)") {
                try await own.send(line.split(separator: " ").map { Array($0.utf8) })
            }
        }
    }

    @Test("is printed for each target, whether or not it can be reached")
    func targets() async throws {
        let lines = try await Self.lines(["--redis", "redis://127.0.0.1:1", "--redis", "redis://127.0.0.1:2/3"])
        let commands = lines.filter { !$0.hasPrefix("#") }
        #expect(lines.first == commands.first)
        #expect(commands.count == 2)
        #expect(commands.last?.contains(" +select") == true)
    }
}
