import RedisClient
import TestSupport
import Testing

@Suite("weir once")
struct OnceTests {
    /// Has an entry of ten minutes ago wait for the group in the stream.
    private func leave(_ stream: String, behind group: String, _ client: ServerCommands) async throws {
        try await client.send("XADD", stream, try await id(600, ago: client), "n", "1")
        try await client.send("XGROUP", "CREATE", stream, group, "0")
    }

    /// An ID of so many seconds ago, by the server's clock.
    private func id(_ seconds: Int64, ago client: ServerCommands) async throws -> String {
        let now = try await client.send("TIME").elements?.first?.bytes ?? []
        return "\((try #require(Int64(String(decoding: now, as: UTF8.self))) - seconds) * 1000)-1"
    }

    private func once(_ server: RedisServer, _ arguments: String...) async throws -> (status: Int32, output: String) {
        try await WeirProcess.run(["once", "--redis", server.url] + arguments)
    }

    /// The words of the row of a group.
    private func row(_ stream: String, _ group: String, in output: String) throws -> [Substring] {
        let rows = output.split(separator: "\n").map { $0.split(separator: " ") }
        return try #require(rows.first { $0.starts(with: [stream[...], group[...]]) }, "\(output)")
    }

    @Test("shows every stream and group, with the lag that they have", arguments: ServerProgram.all)
    func table(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let client = stage.client
        for number in 1...12 { try await client.send("XADD", "orders", "*", "n", "\(number)") }
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        try await client.send("XREADGROUP", "GROUP", "shippers", "c", "COUNT", "7", "STREAMS", "orders", ">")
        try await client.send("XGROUP", "CREATE", "orders", "done", "$")
        try await client.send("XADD", "alone", "*", "n", "1")
        let once = try await once(stage.server)
        #expect(once.status == 0)
        #expect(once.output.hasPrefix("OK: 2 groups of 2 streams, nothing is wrong\n"))
        #expect(once.output.contains("\(stage.server.node): "))
        let shippers = try row("orders", "shippers", in: once.output)
        #expect(shippers[2] == "-")
        #expect(shippers[3] == "5")
        #expect(shippers.suffix(2) == ["1", "-"])
        #expect(try row("orders", "done", in: once.output)[3...5] == ["0", "0", "0"])
        #expect(try row("alone", "-", in: once.output) == ["alone", "-", "no", "group"])
        #expect(!once.output.contains("\u{1b}"))
        #expect(try await client.weirConnections().isEmpty)
    }

    @Test("does not call well what it may not look at", arguments: ["TIME", "INFO", "XINFO STREAM"])
    func denied(command: String) async throws {
        let server = try await RedisServer(program: ServerProgram.system.command)
        let client = try await server.client()
        try await client.send("XADD", "orders", "*", "n", "1")
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        let right = command.lowercased().split(separator: " ").joined(separator: "|")
        try await client.send("ACL", "SETUSER", "half", "on", "nopass", "~*", "+@all", "-\(right)")
        let once = try await WeirProcess.run(["once", "--redis", "redis://half:x@\(server.node)"])
        #expect(once.status == 1, "\(once.output)")
        #expect(once.output.contains(": \(command) is denied, which is for "), "\(once.output)")
    }

    @Test("does not find a group behind that has read all of a stream of large entries", arguments: ServerProgram.all)
    func largeEntries(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        for number in 1...4 {
            let id = try await id(3_600 - Int64(number), ago: stage.client)
            try await stage.client.send("XADD", "large", id, "f", String(repeating: "x", count: 40_000))
        }
        try await stage.client.send("XGROUP", "CREATE", "large", "readers", "0")
        try await stage.client.send(
            "XREADGROUP", "GROUP", "readers", "c", "COUNT", "9", "NOACK", "STREAMS", "large", ">")
        let once = try await once(stage.server)
        #expect(!once.output.contains("LagHigh"), "\(once.output)")
    }

    @Test("ends with 1 for a warning and 2 for what is critical, and says what it is first")
    func statuses() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "orders", try await id(90, ago: client), "n", "1")
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        let late = try await once(server)
        #expect(late.status == 1)
        let first = late.output.prefix { $0 != "\n" }
        #expect(first.hasPrefix("WARNING: 2 warnings in 1 group of 1 stream: "), "\(first)")
        #expect(late.output.contains("\nwarning   LagHigh: Group shippers of stream orders is 9"), "\(late.output)")

        try await leave("bills", behind: "senders", client)
        let critical = try await once(server)
        #expect(critical.status == 2)
        #expect(critical.output.hasPrefix("CRITICAL: 1 critical, "))
        #expect(critical.output.contains("LagHigh: Group senders of stream bills is 10 min behind, more than 5 min"))
    }

    @Test("judges by the configuration's rules")
    func rules() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await leave("orders", behind: "shippers", client)
        let file = try server.folder.write(
            configuration(server.target("shop")) + "rules: {LagHigh: false, TrimRisk: false}\n", to: "weir.yaml")
        let calm = try await WeirProcess.run(["once", "--config", file])
        #expect(calm.status == 0)
        #expect(calm.output.contains("\nshop (\(server.node)): "))
        #expect(try row("orders", "shippers", in: calm.output)[3...5] == ["1", "10", "min"])
    }

    @Test("counts a key that cannot be read, and shows the others")
    func partly() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("SET", "text", "1")
        try await client.send("XADD", "orders", "*", "n", "1")
        try await client.send("XADD", "secret", "*", "n", "1")
        let wrong = try await once(server, "--stream", "text", "--stream", "orders", "--stream", "gone")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("Stream text of \(server.node) cannot be read: the key does not hold a stream"))
        #expect(wrong.output.contains("Stream gone of \(server.node) cannot be read: there is no such key"))
        #expect(wrong.output.contains("\norders  -      no group"), "\(wrong.output)")
        try await client.send("ACL", "SETUSER", "half", "on", "nopass", "~orders", "+@all")
        let denied = try await WeirProcess.run(
            ["once", "--redis", "redis://half:x@127.0.0.1:\(server.port)", "--stream", "orders", "--stream", "secret"])
        #expect(denied.status == 1)
        #expect(denied.output.contains("secret could not be sampled yet"), "\(denied.output)")
    }

    @Test("ends with 3 where a Redis cannot be read, says which and why, and shows the others")
    func unreadable() async throws {
        let server = try await RedisServer()
        try await server.client().send("XADD", "orders", "*", "n", "1")
        let nobody = "127.0.0.1:\(try LoopbackListener.unusedPort())"
        let once = try await once(server, "--redis", "redis://\(nobody)")
        #expect(once.status == 3)
        #expect(once.output.contains("UNKNOWN: \(nobody) cannot be read: cannot connect: Connection refused\n"))
        #expect(once.output.contains("\norders  -      no group\n"), "\(once.output)")

        server.pause()
        let start = ContinuousClock.now
        let silent = try await self.once(server, "--timeout", "300ms")
        #expect(silent.status == 3)
        #expect(silent.output.contains("\(server.node) cannot be read: no "), "\(silent.output)")
        #expect(ContinuousClock.now - start < .seconds(5))
        server.resume()
    }

    @Test("finds all streams of a large keyspace, however many polls that takes")
    func large() async throws {
        let stage = try await Stage(.system)
        try await stage.pipeline((0..<3_000).map { RedisCommand("XADD", "s:\($0)", "*", "n", "1") })
        try await stage.pipeline((0..<20_000).map { RedisCommand("SET", "k:\($0)", "1") })
        let text = "targets: [{name: t, url: \"\(stage.server.url)\"}]\npoll: {interval: 500ms, redis_share: 1%}\n"
        let file = try stage.server.folder.write(text, to: "weir.yaml")
        let all = try await WeirProcess.run(["once", "--config", file])
        #expect(all.status == 0, "\(all.output.prefix(300))")
        #expect(all.output.hasPrefix("OK: 0 groups of 3000 streams, nothing is wrong"), "\(all.output.prefix(300))")
    }

    @Test("says so where not everything could be seen in time")
    func short() async throws {
        let stage = try await Stage(.system)
        for part in 0..<20 {
            try await stage.pipeline((0..<10_000).map { RedisCommand("SET", "k:\(part):\($0)", "1") })
        }
        try await stage.client.send("XADD", "orders", "*", "n", "1")
        let text = "targets: [{name: t, url: \"\(stage.server.url)\"}]\npoll: {interval: 100ms, redis_share: 0.1%}\n"
        let file = try stage.server.folder.write(text, to: "weir.yaml")
        let once = try await WeirProcess.run(["once", "--config", file, "--timeout", "100ms"])
        #expect(once.status == 1)
        #expect(once.output.contains("Not all streams of t could be found in time"), "\(once.output)")
    }

    @Test("prints the document of the snapshot, and nothing else")
    func json() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await leave("orders", behind: "shippers", client)
        let once = try await once(server, "--json")
        #expect(once.status == 2)
        #expect(once.output.hasSuffix("}\n") && once.output.count { $0 == "\n" } == 1)
        let document = try JSONValue(reading: Array(once.output.utf8))
        #expect(document["schema"] == .number(1))
        let stream = document["targets"]?[0]?["streams"]?[0]
        #expect(stream?["stream"] == .string("orders"))
        #expect(stream?["groups"]?[0]?["lag"]?["entries"] == .number(1))

        let weir = try await WeirProcess.watching(server)
        try await eventually { try await weir.snapshot().stream("orders") != nil }
        let served = try JSONValue(reading: try await weir.request("GET", "/api/v1/snapshot").body)
        #expect(document.allKeys == served.allKeys)
    }

    @Test("shows names for what they are, whatever is in them")
    func hostileNames() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let names: [[UInt8]] = [
            Array("\u{1b}[2J\u{1b}]0;x\u{7}".utf8), Array("a\nOK: all is well\n".utf8), Array("\u{202e}x".utf8),
            [0xff, 0x9b, 0x32], Array("日本語".utf8),
        ]
        for name in names {
            try await client.send([Array("XADD".utf8), name, Array("*".utf8), Array("n".utf8), Array("1".utf8)])
            try await client.send(
                [Array("XGROUP".utf8), Array("CREATE".utf8), name, name, Array("$".utf8)])
        }
        let once = try await once(server)
        #expect(once.status == 0)
        #expect(
            !once.output.unicodeScalars.contains {
                ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value) || $0.value == 0x202e
            })
        #expect(once.output.contains(#"\x1b[2J\x1b]0;x\x07"#))
        #expect(once.output.contains(#"\xff\x9b2"#))
        #expect(once.output.contains("日本語"))
        #expect(!once.output.contains("\nOK: all"))
    }

    @Test("reads a weir that runs, and judges by its alerts")
    func from() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "orders", "*", "n", "1")
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "$")
        let weir = try await WeirProcess.watching(server)
        let url = "http://127.0.0.1:\(try await weir.port())/"
        let calm = try await eventually {
            try await WeirProcess.run(["once", "--from", url])
        } until: {
            $0.output.contains("shippers")
        }
        #expect(calm.status == 0)
        #expect(calm.output.hasPrefix("OK: 1 group of 1 stream, nothing is wrong\n"))
        #expect(calm.output.contains("\ntest (\(server.node)): "))

        try await leave("bills", behind: "senders", client)
        let late = try await eventually {
            try await WeirProcess.run(["once", "--from", url])
        } until: {
            $0.status == 2
        }
        #expect(late.output.hasPrefix("CRITICAL: "))
        #expect(
            late.output.contains("LagHigh (pending): Group senders of stream bills is 10 min behind"), "\(late.output)")
        let json = try await WeirProcess.run(["once", "--json", "--from", url])
        #expect(json.status == 2)
        #expect(try JSONValue(reading: Array(json.output.utf8))["schema"] == .number(1))

        server.kill()
        let down = try await eventually {
            try await WeirProcess.run(["once", "--from", url])
        } until: {
            $0.status == 3
        }
        #expect(down.output.contains("UNKNOWN: test cannot be read: "))
    }

    @Test("ends with 3 where no weir answers, and says why")
    func fromNobody() async throws {
        let nobody = "127.0.0.1:\(try LoopbackListener.unusedPort())"
        let refused = try await WeirProcess.run(["once", "--from", "http://me:secret-word@\(nobody)"])
        #expect(refused.status == 3)
        #expect(
            refused.output.contains("UNKNOWN: http://\(nobody): \(nobody) cannot be connected to: Connection refused"))
        #expect(!refused.output.contains("secret-word"))
        let other = try WebhookReceiver { _ in .reply() }
        let wrong = try await WeirProcess.run(["once", "--from", other.url("/x")])
        #expect(wrong.status == 3)
        #expect(wrong.output.contains("the answer is not weir's snapshot"), "\(wrong.output)")
        #expect(other.requests.first?.path == "/x/api/v1/snapshot")
    }

    @Test("says that the answer did not come whole in time, or broke off, and not that it is no JSON")
    func fromSlow() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"schema\":1,"
        let dripping = try WebhookReceiver { _ in .trickle(Array(head.utf8), every: .milliseconds(1)) }
        let slow = try await WeirProcess.run(["once", "--from", dripping.url(), "--timeout", "500ms"])
        #expect(slow.status == 3)
        let url = "http://127.0.0.1:\(dripping.port)"
        #expect(
            slow.output.contains("UNKNOWN: \(url): the whole answer did not come within 500ms\n"), "\(slow.output)")
        let broken = try WebhookReceiver { _ in .bytesThenHangUp(Array(head.utf8)) }
        let half = try await WeirProcess.run(["once", "--from", broken.url()])
        #expect(half.status == 3)
        #expect(
            half.output.contains(": no whole answer of 127.0.0.1:\(broken.port): the connection ended\n"),
            "\(half.output)")
    }

    @Test("leaves no bar in any line, after which a monitoring system would read measurements")
    func bars() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await leave("a|b=1", behind: "g|x", client)
        let file = try server.folder.write(
            configuration(server.target("t|1"), "name: \"d|2\", url: \"redis://127.0.0.1:1\""), to: "weir.yaml")
        let once = try await WeirProcess.run(["once", "--config", file])
        #expect(once.status == 3)
        #expect(!once.output.contains("|"), "\(once.output)")
        #expect(once.output.contains(#"critical  t\x7c1: LagHigh: Group g\x7cx of stream a\x7cb=1 is 10 min"#))
        #expect(once.output.contains("\nSTREAM    "), "\(once.output)")
        #expect(try row(#"a\x7cb=1"#, #"g\x7cx"#, in: once.output)[3] == "1")
    }

    @Test("goes on at its interval where it is not on a terminal, without escape codes")
    func watchPiped() async throws {
        let server = try await RedisServer()
        try await server.client().send("XADD", "orders", "*", "n", "1")
        let weir = try await WeirProcess(["once", "--watch", "--interval", "100ms", "--redis", server.url])
        try await eventually { weir.output.split(separator: "\n").count { $0.hasPrefix("OK: ") } >= 3 }
        #expect(!weir.output.contains("\u{1b}"))
        weir.signal(15)
        #expect(try await weir.exitStatus(within: .seconds(5)) == 143)

        let lines = try await WeirProcess(["once", "--watch", "--json", "--interval", "100ms", "--redis", server.url])
        try await eventually { lines.output.count { $0 == "\n" } >= 3 }
        lines.signal(2)
        #expect(try await lines.exitStatus(within: .seconds(5)) == 0)
        for line in lines.output.split(separator: "\n") {
            #expect(try JSONValue(reading: Array(line.utf8))["schema"] == .number(1))
        }
    }

    @Test("ends where nobody reads what it prints")
    func closedPipe() async throws {
        let server = try await RedisServer()
        let weir = try WeirProcess.executable()
        let command = "'\(weir)' once --watch --interval 100ms --redis \(server.url) | head -n 1"
        let piped = try await ChildProcess.run(["sh", "-c", command])
        #expect(piped.output == "OK: 0 groups of 0 streams, nothing is wrong\n")
        let full = "'\(weir)' once --watch --interval 100ms --redis \(server.url) > /dev/full"
        let ended = try await ChildProcess.run(["sh", "-c", full])
        #expect(ended.status == 3)
        #expect(ended.output == "the output cannot be written: No space left on device\n")
    }
}
