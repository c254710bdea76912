import RedisClient
import TestSupport
import Testing

@Suite("weir once --watch at a terminal")
struct OnceWatchTests {
    /// A terminal at which `weir once --watch` runs, and then says how it ended.
    private struct Scene {
        let server: RedisServer
        let client: ServerCommands
        let terminal: TmuxTerminal

        init(_ variables: [String: String] = [:], arguments: String = "") async throws {
            server = try await RedisServer(["--maxmemory", "100mb"])
            client = try await server.client()
            for number in 0..<30 {
                try await client.send("XADD", "stream-\(number)", "*", "n", "1")
                try await client.send("XGROUP", "CREATE", "stream-\(number)", "group-of-that-stream", "$")
            }
            let folder = server.folder.path
            let weir =
                "sh -c 'echo $$ >\(folder)/pid; exec \"\(try WeirProcess.executable())\" once --watch --interval 100ms "
                + "--redis \(server.url) \(arguments)'"
            // The size is no matter of how the terminal is set.
            let settings = "stty -g >\(folder)/"
            terminal = try await TmuxTerminal(
                columns: 100, rows: 20,
                "echo before; \(settings)before; \(weir); echo ended with $?; \(settings)after; exec cat",
                variables: variables)
        }

        func ended() async throws -> String {
            let screen = try await terminal.screen { $0.contains("ended with") }
            let folder = server.folder
            try await eventually { !folder.read("after").isEmpty }
            return screen
        }

        var pid: Int32? { Int32(String(decoding: server.folder.read("pid"), as: UTF8.self).prefix { $0 != "\n" }) }

        func signal(_ name: String) async throws {
            _ = try await ChildProcess.run(["sh", "-c", "kill -\(name) \(try #require(pid))"])
        }
    }

    /// The lines of a screen, without those at its end that are empty.
    private func lines(_ screen: String) -> [Substring] {
        var lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    @Test("shows what is there, fits every size, and gives the terminal back as it was", arguments: ["q", "C-c"])
    func life(key: String) async throws {
        let scene = try await Scene()
        let first = lines(try await scene.terminal.screen { $0.contains("q quits") })
        #expect(first[0] == "OK: 30 groups of 30 streams, nothing is wrong")
        #expect(first.count == 20)
        #expect(first[18] == "and 16 more groups")
        #expect(!first.contains("before"))

        try await scene.terminal.resize(columns: 45, rows: 10)
        let small = lines(try await scene.terminal.screen { $0.contains("…") && $0.contains("q quits") })
        #expect(small.count == 10)
        #expect(small[0].hasPrefix("OK: "))
        #expect(small.allSatisfy { $0.count <= 45 })

        try await scene.terminal.resize(columns: 120, rows: 40)
        let large = lines(try await scene.terminal.screen { $0.contains("stream-9 ") })
        #expect(large.count { $0.hasPrefix("stream-") } == 30)
        try await scene.client.send("XADD", "later", "*", "n", "1")
        try await scene.client.send("XREADGROUP", "GROUP", "group-of-that-stream", "c", "STREAMS", "stream-3", ">")
        try await scene.client.send("XADD", "stream-7", "*", "n", "1")
        // What is late comes first.
        try await scene.terminal.screen { screen in
            lines(screen).first { $0.hasPrefix("stream-") }?.hasPrefix("stream-7 ") == true
        }

        try await scene.terminal.type(key)
        let end = lines(try await scene.ended())
        #expect(end == ["before", "ended with 0"])
        #expect(scene.server.folder.read("before") == scene.server.folder.read("after"))
    }

    @Test("gives the terminal back when a signal ends it", arguments: [("TERM", 143), ("HUP", 129), ("INT", 0)])
    func signals(name: String, status: Int) async throws {
        let scene = try await Scene()
        try await scene.terminal.screen { $0.contains("q quits") }
        try await scene.signal(name)
        #expect(lines(try await scene.ended()) == ["before", "ended with \(status)"])
        #expect(scene.server.folder.read("before") == scene.server.folder.read("after"))
    }

    @Test("ends with its terminal")
    func hangUp() async throws {
        let scene = try await Scene()
        try await scene.terminal.screen { $0.contains("q quits") }
        let pid = try #require(scene.pid)
        scene.terminal.hangUp()
        try await eventually { !ChildProcess.isAlive(pid) }
    }

    @Test("ends although its terminal takes nothing")
    func stuck() async throws {
        let scene = try await Scene()
        try await scene.terminal.screen { $0.contains("q quits") }
        let pid = try #require(scene.pid)
        let polls = try await scene.client.polls()
        scene.terminal.pause()
        // Frame by frame the terminal fills; when it is full weir does not come to poll any more.
        try await eventually(within: .seconds(30)) {
            let before = try await scene.client.polls()
            try await Task.sleep(for: .milliseconds(500))
            return try await scene.client.polls() == before && before > polls
        }
        try await scene.signal("TERM")
        try await eventually { !ChildProcess.isAlive(pid) }
        scene.terminal.resume()
        #expect(try await scene.ended().contains("ended with 143"))
        #expect(scene.server.folder.read("before") == scene.server.folder.read("after"))
    }

    @Test("goes on while Redis is away, and says so")
    func away() async throws {
        let scene = try await Scene()
        try await scene.terminal.screen { $0.contains("OK: 30 groups") }
        scene.server.kill()
        try await scene.terminal.screen { $0.hasPrefix("UNKNOWN: \(scene.server.node) cannot be read: ") }
        try await scene.server.restart()
        try await scene.terminal.screen { $0.hasPrefix("OK: 0 groups") || $0.hasPrefix("CRITICAL: ") }
        scene.server.kill()
        try await scene.terminal.screen { $0.hasPrefix("UNKNOWN: ") }
        try await scene.terminal.type("q")
        #expect(lines(try await scene.ended()).last == "ended with 3")
    }

    @Test("has colours, unless NO_COLOR is set")
    func colours() async throws {
        let scene = try await Scene()
        try await scene.terminal.screen { $0.contains("OK: 30 groups") }
        #expect(try await scene.terminal.screen(withColours: true).contains("\u{1b}[32mOK"))
        let plain = try await Scene(["NO_COLOR": "1"])
        try await plain.terminal.screen { $0.contains("OK: 30 groups") }
        #expect(!(try await plain.terminal.screen(withColours: true).contains("\u{1b}")))
    }

    @Test("takes no keys where the standard input is no terminal")
    func noKeyboard() async throws {
        let scene = try await Scene(arguments: "</dev/null")
        try await scene.terminal.screen { $0.contains("OK: 30 groups") && $0.contains("Ctrl-C quits") }
        try await scene.signal("INT")
        #expect(lines(try await scene.ended()).last == "ended with 0")
    }
}

extension ServerCommands {
    /// How often the server was asked for its figures, but by this.
    fileprivate func polls() async throws -> Int {
        let stats = String(decoding: try await send("INFO", "commandstats").bytes ?? [], as: UTF8.self)
        let line = stats.split(whereSeparator: \.isNewline).first { $0.hasPrefix("cmdstat_time:calls=") }
        return line.flatMap { Int($0.dropFirst(19).prefix { $0.isNumber }) } ?? 0
    }
}
