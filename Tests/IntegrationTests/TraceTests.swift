import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("weir trace")
struct TraceTests {
    /// Never in any output.
    private static let payload = "hunter2-payload"

    private func add(_ stream: String, _ ids: String..., to client: ServerCommands) async throws {
        for id in ids { try await client.send("XADD", stream, id, "secret", Self.payload) }
    }

    private func trace(
        _ arguments: String..., at server: RedisServer, wait: String = "0s", status: Int32 = 0
    ) async throws -> String {
        let weir = try await WeirProcess.run(["trace"] + arguments + ["--redis", server.url, "--wait", wait])
        #expect(weir.status == status, "\(weir.output)")
        #expect(!weir.output.contains(Self.payload))
        return weir.output
    }

    @Test(
        "tells undelivered, pending, done, removed before and after delivery, and what never was",
        arguments: ServerProgram.all)
    func outcomes(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await add("s", "1-1", "2-1", "3-1", "5-1", "6-1", to: client)
        try await client.send("XGROUP", "CREATE", "s", "first", "0")
        try await client.send("XGROUP", "CREATE", "s", "last", "0")
        try await client.send("XREADGROUP", "GROUP", "first", "c", "COUNT", "3", "STREAMS", "s", ">")
        try await client.send("XACK", "s", "first", "1-1")

        let done = try await trace("s", "1-1", at: server)
        #expect(done.contains("It is in the stream."))
        #expect(done.contains("Group first: done: not pending"))
        #expect(done.contains("Group last: undelivered. It is the next. Nobody reads: the group has no consumers."))
        let pending = try await trace("s", "2-1", at: server)
        #expect(pending.contains("Group first: pending, delivered once, last to c "))
        #expect(pending.contains("Group last: undelivered. 1 entry comes before it."))
        let waiting = try await trace("s", "6-1", at: server, wait: "100ms")
        #expect(waiting.contains("Group first: undelivered. 1 entry comes before it. The group was given nothing"))
        #expect(waiting.contains("Group last: undelivered. 4 entries come before it."))
        let never = try await trace("s", "4-1", at: server)
        #expect(never.contains(program.countsEntries ? "It was never in the stream" : "deleted, or was never there."))
        #expect(try await trace("s", "7-1", at: server).contains("has not been added: the last ID"))

        try await client.send("XDEL", "s", "3-1")
        let dangling = try await trace("s", "3-1", at: server)
        #expect(dangling.contains("It is not in the stream any more: it was deleted."))
        #expect(dangling.contains("Group first: pending with nothing left of it, so lost for this group unless"))
        #expect(dangling.contains("Group last: removed before it was delivered: lost for this group, which is at 0-0."))

        try await client.send("XTRIM", "s", "MAXLEN", "1")
        let trimmed = try await trace("s", "1-1", at: server)
        #expect(trimmed.contains("trimmed or deleted, or was never there"))
        #expect(trimmed.contains("The first entry that is left is 6-1."))
        #expect(
            trimmed.contains("Group first: not pending, and the group is beyond it: done before it was removed, or"))
        #expect(trimmed.contains("Group last: if it was there, it was removed before it was delivered: lost for this"))
    }

    @Test("takes the milliseconds alone where one entry was added then, else names some", arguments: ServerProgram.all)
    func milliseconds(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await add("s", "1-5", to: client)
        for sequence in 1...30 { try await add("s", "2-\(sequence)", to: client) }
        try await client.send("XGROUP", "CREATE", "s", "g", "0")
        #expect(try await trace("s", "1", at: server).hasPrefix("1-5 of the stream s"))
        let several = try await trace("s", "2", at: server, status: 64)
        #expect(several.contains("several entries were added then: 2-1, 2-2,"))
        #expect(several.contains("2-10 and more"))
        #expect(try await trace("s", "3", at: server).hasPrefix("3-0 of the stream s"))
    }

    @Test("says how soon, by two looks at a group that is at work", arguments: ServerProgram.all)
    func pace(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for number in 1...2_000 { try await add("s", "\(number)-1", to: client) }
        try await client.send("XGROUP", "CREATE", "s", "g", "0")
        let reader = Task {
            while !Task.isCancelled {
                try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "NOACK", "STREAMS", "s", ">")
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        defer { reader.cancel() }
        try await eventually { try await client.send("XINFO", "CONSUMERS", "s", "g").elements?.isEmpty == false }
        let text = try await trace("s", "900-1", at: server, wait: "500ms")
        #expect(text.contains(" a second, its turn is in about "), "\(text)")
        let json = try await trace("s", "900-1", "--json", at: server, wait: "500ms")
        #expect(json.contains("\"state\":\"undelivered\""))
        #expect(!json.contains("\"expected_seconds\":null"))
    }

    @Test("runs with the least ACL, and says what it may not ask", arguments: ServerProgram.all)
    func rights(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await add("s", "1-1", "2-1", to: client)
        try await client.send("XGROUP", "CREATE", "s", "g", "0")
        try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "s", ">")
        let file = try server.folder.write(configuration(server.target("test")), to: "weir.yaml")
        try await client.send(try await AccessListTests.command(["--config", file]))
        let own = server.target("test") + ", username: weir, password: CHANGE-ME"
        let restricted = try server.folder.write(configuration(own), to: "own.yaml")
        let trace = ["trace", "s", "1-1", "--config", restricted, "--wait", "0s"]
        let whole = try await WeirProcess.run(trace)
        #expect(whole.status == 0)
        #expect(whole.output.contains("Group g: pending, delivered once, last to c "))
        #expect(!whole.output.contains("Not known"))
        #expect(try await client.send("ACL", "LOG").elements == [])

        // Redis 6.0 cannot take a subcommand away.
        let groups = program.isFrom62 ? "-xinfo|groups" : "-xpending"
        try await client.send("ACL", "SETUSER", "weir", "-xpending", "-xrange", groups, "-type", "-memory")
        let less = try await WeirProcess.run(trace)
        #expect(less.status == 3)
        #expect(less.output.contains("It is in the stream."))
        #expect(
            less.output.contains("what became of it is not known of any group: this user may not run XPENDING on it"))
        #expect(less.output.contains("Not known: this user may not run XPENDING on it"))
        #expect(less.output.contains("Group g: the group is beyond it; whether it is pending is not known"))
        try await client.send("ACL", "SETUSER", "weir", "-xinfo", "resetkeys")
        let nothing = try await WeirProcess.run(trace)
        #expect(nothing.status == 3)
    }

    @Test("finds the stream among the targets, and wants to be told which where several have it")
    func targets() async throws {
        let (one, other) = (try await RedisServer(), try await RedisServer())
        let (first, second) = (try await one.client(), try await other.client())
        try await add("s", "1-1", to: first)
        try await add("both", "1-1", to: first)
        try await add("both", "2-1", to: second)
        for (client, name) in [(first, "s"), (first, "both"), (second, "both")] {
            try await client.send("XGROUP", "CREATE", name, "g", "0")
        }
        try await first.send("SET", "text", "x")
        let text = configuration(one.target("one"), other.target("other"), "name: down, url: \"redis://127.0.0.1:1\"")
        let file = try one.folder.write(text, to: "weir.yaml")
        func run(_ arguments: String...) async throws -> (status: Int32, output: String) {
            try await WeirProcess.run(["trace"] + arguments + ["--config", file])
        }
        let found = try await run("s", "1-1")
        #expect(found.status == 0)
        #expect(found.output.contains("(target one)"))
        #expect(found.output.contains("down: cannot connect"))
        let several = try await run("both", "1-1")
        #expect(several.status == 64)
        #expect(several.output.contains("several targets have a stream both: one, other. Choose one with --target."))
        let chosen = try await run("both", "2-1", "--target", "other")
        #expect(chosen.status == 0)
        #expect(chosen.output.contains("It is in the stream."))
        #expect(try await run("none", "1-1").status == 3)
        #expect(try await run("none", "1-1", "--target", "one").status == 1)
        #expect(try await run("text", "1-1", "--target", "one").status == 1)
        #expect(try await run("s", "1-1", "--target", "down").status == 3)
        #expect(try await run("s", "1-1", "--target", "nobody").status == 64)
        #expect(try await run("s", "1.1").status == 64)
        #expect(try await run("s", "0-0").status == 64)
        #expect(try await run("s", "1-1", "--wait", "2").status == 64)
    }

    @Test("has found something out where it knows of one group among those that it may not ask about")
    func partlyFound() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await add("s", "1-1", "2-1", to: client)
        try await client.send("XGROUP", "CREATE", "s", "beyond", "2-1")
        try await client.send("ACL", "SETUSER", "half", "on", "nopass", "~*", "+@all", "-xpending")
        func run() async throws -> (status: Int32, output: String) {
            try await WeirProcess.run(["trace", "s", "1-1", "--redis", "redis://half:x@\(server.node)", "--wait", "0s"])
        }
        let nothing = try await run()
        #expect(nothing.status == 3, "\(nothing.output)")
        #expect(nothing.output.contains("what became of it is not known of any group: this user may not run XPENDING"))
        try await client.send("XGROUP", "CREATE", "s", "behind", "0")
        let part = try await run()
        #expect(part.status == 0, "\(part.output)")
        #expect(part.output.contains("Group behind: undelivered."))
        #expect(part.output.contains("Group beyond: the group is beyond it; whether it is pending is not known"))
    }

    @Test(
        "calls nothing lost that may not have been added yet, where entries are too large", arguments: ServerProgram.all
    )
    func large(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        let body = String(repeating: "x", count: 5 << 20)
        for id in ["1-1", "2-1"] { try await client.send("XADD", "s", id, "f", body) }
        try await client.send("XGROUP", "CREATE", "s", "behind", "0")
        #expect(try await trace("s", "2-1", at: server).contains("Group behind: undelivered."))
        let later = try await trace("s", "9-1", at: server, status: 3)
        #expect(later.contains("It is not in the stream: it was removed, or has not been added yet."))
        #expect(later.contains("Group behind: has not come to it; it is at 0-0."))
        for word in ["lost for", "trimmed", "it was deleted"] { #expect(!later.contains(word), "\(later)") }
        let json = try await trace("s", "9-1", "--json", at: server, status: 3)
        #expect(json.contains("\"state\":\"absent_or_not_yet\""))
        try await client.send("XGROUP", "CREATE", "s", "beyond", "2-1")
        let between = try await trace("s", "1-5", at: server)
        #expect(between.contains("it was trimmed or deleted, or was never there"), "\(between)")
        #expect(between.contains("Group beyond: not pending, and the group is beyond it"))
    }

    @Test("shows names as text, whatever they are")
    func hostile() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let name = "s\u{1b}[31m\u{202e}"
        try await add(name, "1-1", to: client)
        try await client.send("XGROUP", "CREATE", name, "g\u{9b}2J\r\n", "0")
        try await client.send("XREADGROUP", "GROUP", "g\u{9b}2J\r\n", "c\u{1b}]0;x\u{7}", "STREAMS", name, ">")
        let output = try await trace(name, "1-1", at: server)
        #expect(output.contains("of the stream s\\x1b[31m\\xe2\\x80\\xae, on"))
        #expect(output.contains("Group g\\xc2\\x9b2J\\x0d\\x0a: pending, delivered once, last to c\\x1b]0;x\\x07 "))
        #expect(!output.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || $0.value == 0x9b) })
        let none = try await trace("\u{1b}[31m", "1-1", at: server, status: 1)
        #expect(none.contains("there is no stream \\x1b[31m"))
    }

    @Test("goes to the right node of a cluster, also while the stream moves", arguments: TestCluster.programs)
    func cluster(program: ServerProgram) async throws {
        let cluster = try await TestCluster(program, replicas: 0)
        let client = cluster.client()
        let nodes = cluster.nodes
        for name in ["a", "b", "c", "d"] {
            try await client.send("XADD", name, "1-1", "f", Self.payload)
            try await client.send("XGROUP", "CREATE", name, "g", "0")
        }
        func run(_ name: String) async throws -> String {
            let arguments = ["trace", name, "1-1", "--redis", cluster.url, "--wait", "0s"]
            let weir = try await WeirProcess.run(arguments)
            #expect(weir.status == 0, "\(weir.output)")
            return weir.output
        }
        for name in ["a", "b", "c", "d"] {
            #expect(try await run(name).contains("Group g: undelivered. It is the next."))
        }
        let slot = KeySlot(of: Name("a")).number
        let owner = try #require(nodes.indices.first { (16_384 * $0 / 3..<16_384 * ($0 + 1) / 3).contains(Int(slot)) })
        let (source, target) = (nodes[owner], nodes[(owner + 1) % 3])
        let migration = cluster.migration(of: slot, from: source, to: target)
        try await migration.begin()
        try await migration.moveKeys()
        #expect(try await run("a").contains("on \(target.name)"))
        try await migration.finish()
        #expect(try await run("a").contains("on \(target.name)"))
    }

    /// Which of the three that a cluster begins with serves the key.
    private func owner(of key: String, in cluster: TestCluster) throws -> TestNode {
        let slot = Int(KeySlot(of: Name(key)).number)
        return try #require(cluster.nodes.indices.first { 16_384 * ($0 + 1) / 3 > slot }.map { cluster.nodes[$0] })
    }

    @Test(
        "names the node of a cluster that does not answer, and whatever that is the cause of", arguments: ["yes", "no"])
    func silentNode(coverage: String) async throws {
        let cluster = try await TestCluster(replicas: 0, "--cluster-require-full-coverage", coverage)
        let client = cluster.client()
        let names = ["a", "b", "c", "d"]
        for name in names {
            try await client.send("XADD", name, "1-1", "f", Self.payload)
            try await client.send("XGROUP", "CREATE", name, "g", "0")
        }
        let silent = try owner(of: "a", in: cluster)
        let other = try #require(try names.first { try owner(of: $0, in: cluster) !== silent })
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "targets: [{name: shop, url: \"\(cluster.url)\"}]\npoll: {timeout: 500ms}\n", to: "weir.yaml")
        func run(_ name: String) async throws -> (status: Int32, output: String) {
            let start = ContinuousClock.now
            let weir = try await WeirProcess.run(["trace", name, "1-1", "--config", file, "--wait", "0s"])
            #expect(ContinuousClock.now - start < .seconds(3))
            return weir
        }
        silent.pause()
        defer { silent.resume() }
        let lost = try await run("a")
        #expect(lost.status == 3)
        #expect(lost.output == "shop: \(silent.name): no answer within 0.5 seconds\n")
        let view = try await owner(of: other, in: cluster).client()
        try await eventually(within: .seconds(30)) {
            let state = try await view.send("CLUSTER", "INFO").bytes ?? []
            return String(decoding: state, as: UTF8.self)
                .contains(coverage == "yes" ? "cluster_state:fail" : "cluster_slots_fail:5")
        }
        let found = try await run(other)
        if coverage == "no" {
            #expect(found.status == 0, "\(found.output)")
        } else {
            #expect(found.status == 3)
            #expect(found.output.contains("\(silent.name): no answer within 0.5 seconds"), "\(found.output)")
            #expect(found.output.contains("CLUSTERDOWN"), "\(found.output)")
        }
    }

    @Test("says that the URL of one node of a cluster is not enough, where another has the stream")
    func oneNode() async throws {
        let cluster = try await TestCluster(replicas: 0)
        try await cluster.client().send("XADD", "a", "1-1", "f", Self.payload)
        let owner = try owner(of: "a", in: cluster)
        let other = try #require(cluster.nodes.first { $0 !== owner })
        let weir = try await WeirProcess.run(["trace", "a", "1-1", "--redis", "redis://\(other.name)", "--wait", "0s"])
        #expect(weir.status == 3)
        #expect(
            weir.output == "\(other.name): it is on another node of this cluster, \(owner.name): "
                + "a URL redis+cluster:// is for all of them\n")
    }
}
