import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("weir diagnose")
struct DiagnoseTests {
    private static let payload = "hunter2-payload"

    private func lay(_ names: String..., to client: ServerCommands) async throws {
        for name in names {
            for _ in 0..<3 { try await client.send("XADD", name, "*", "secret", Self.payload) }
            try await client.send("XGROUP", "CREATE", name, "g", "0")
            try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", name, ">")
        }
    }

    private func diagnose(
        _ arguments: [String], status: Int32, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let weir = try await WeirProcess.run(["diagnose"] + arguments)
        #expect(weir.status == status, "\(weir.output)", sourceLocation: sourceLocation)
        #expect(!weir.output.contains(Self.payload), sourceLocation: sourceLocation)
        return weir.output
    }

    @Test("says what a whole server is like, and changes nothing", arguments: ServerProgram.all)
    func whole(program: ServerProgram) async throws {
        let server = try await RedisServer(["--maxmemory", "1gb"], program: program.command)
        let client = try await server.client()
        try await lay("orders", "billing", to: client)
        let before = try await client.send("DUMP", "orders")
        let text = try await diagnose(["--redis", server.url], status: 0)
        #expect(try await client.send("DUMP", "orders") == before)
        #expect(text.contains(program.isValkey ? "valkey " : "redis "))
        for command in [
            "INFO", "SCAN", "XINFO STREAM", "XINFO CONSUMERS", "XPENDING", "XRANGE", "MEMORY USAGE", "PTTL",
        ] {
            #expect(text.contains("    ok    \(command)  "), "\(command)")
        }
        #expect(text.contains("orders: 3 entries"))
        #expect(text.contains("1 group, 2 pending"))
        #expect(text.contains("never trimmed") == program.countsEntries)
        #expect(text.contains("AOF: off. A restart or a crash loses every stream"))
        #expect(text.contains("before 7.0: XINFO tells neither lag") == !program.countsEntries)
        #expect(text.contains("nothing is denied that weir needs here"))
    }

    @Test("names what a user lacks, and the command that mends it", arguments: ServerProgram.all)
    func rights(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay("orders", to: client)
        try await client.send(
            "ACL", "SETUSER", "weir", "on", ">x", "~o*", "-@all", "+info", "+time", "+xlen", "+scan", "+type")
        let url = "redis://weir:x@127.0.0.1:\(server.port)"
        let text = try await diagnose(["--redis", url, "--stream", "o*"], status: 1)
        #expect(text.contains("XINFO GROUPS is denied (NOPERM "))
        #expect(text.contains("Without: weir asks XINFO STREAM FULL in its place, which costs the server more"))
        #expect(text.contains("    ok    XLEN  "))
        #expect(text.contains("as weir (ACL WHOAMI may not be asked)"))
        #expect(text.contains("    ok    RDB: last snapshot"))
        let grant = try #require(text.split(separator: "\n").first { $0.hasPrefix("ACL SETUSER weir ") })
        try await client.send(grant.split(separator: " ").map { Array($0.utf8) })
        let mended = try await diagnose(["--redis", url, "--stream", "o*"], status: 0)
        #expect(mended.contains("    ok    XPENDING  "))
        #expect(mended.contains("nothing is denied that weir needs here"))
    }

    @Test("says that a key is denied", arguments: ServerProgram.all)
    func keys(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay("orders", to: client)
        try await client.send("ACL", "SETUSER", "weir", "on", ">x", "~other", "+@all")
        let url = "redis://weir:x@127.0.0.1:\(server.port)"
        let text = try await diagnose(["--redis", url, "--stream", "orders"], status: 1)
        #expect(text.contains("orders: this user may not run "))
        let grant = try #require(text.split(separator: "\n").first { $0.hasPrefix("ACL SETUSER weir ~orders") })
        try await client.send(grant.split(separator: " ").map { Array($0.utf8) })
        _ = try await diagnose(["--redis", url, "--stream", "orders"], status: 0)
    }

    @Test("names the streams whose keys are denied, and the patterns that the user lacks", arguments: ServerProgram.all)
    func someKeys(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay("orders", "billing:1", "billing:2", to: client)
        try await client.send("ACL", "SETUSER", "weir", "on", ">x", "~orders", "+@all")
        let arguments = ["--redis", "redis://weir:x@\(server.node)", "--stream", "orders", "--stream", "billing:*"]
        let text = try await diagnose(arguments, status: 1)
        #expect(!text.contains("nothing is denied"))
        #expect(text.contains("warn  the user may not read 2 of the streams: billing:1, billing:2"), "\(text)")
        let grant = try #require(text.split(separator: "\n").first { $0.hasPrefix("ACL SETUSER ") })
        #expect(grant == "ACL SETUSER weir ~billing:*")
        try await client.send(grant.split(separator: " ").map { Array($0.utf8) })
        #expect(try await diagnose(arguments, status: 0).contains("nothing is denied that weir needs here"))
    }

    @Test("misses no group in a stream that it may not read")
    func unreadGroup() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await lay("orders", "secret", to: client)
        try await client.send("ACL", "SETUSER", "weir", "on", ">x", "~orders", "+@all")
        let keys =
            "streams: [orders, secret], username: weir, password: x, expect: [{stream: secret, group: g}, "
            + "{stream: orders, group: shippers}]"
        let file = try server.folder.write(configuration(server.target("test", keys)), to: "weir.yaml")
        let text = try await diagnose(["--config", file], status: 1)
        #expect(text.contains("warn  expect: the stream orders has no group shippers"))
        #expect(!text.contains("secret has no group"), "\(text)")
    }

    @Test("says so where there was nothing to try some of it on")
    func untried() async throws {
        let server = try await RedisServer()
        let text = try await diagnose(["--redis", server.url], status: 0)
        #expect(text.contains("note  XPENDING was not tried"))
        #expect(text.contains("ok    nothing of what could be tried is denied"))
    }

    @Test("looks at this shard's streams alone, and says so")
    func shard() async throws {
        let server = try await RedisServer()
        let names = (0..<12).map { "s:\($0)" }
        let file = try server.folder.write(
            configuration(server.target("test", "streams: [\"s:*\", \"t:*\"]")), to: "weir.yaml")
        let client = try await server.client()
        for name in names { try await client.send("XADD", name, "*", "f", Self.payload) }
        var seen: [[String]] = []
        for shard in ["0/2", "1/2"] {
            let text = try await diagnose(["--config", file, "--shard", shard], status: 0)
            #expect(text.contains("ok    shard \(shard): of the streams this weir's part alone, as the daemon would"))
            seen.append(names.filter { text.contains(" \($0): 1 entry") })
        }
        #expect(seen.allSatisfy { !$0.isEmpty } && seen.joined().sorted() == names.sorted(), "\(seen)")
        let none = try await diagnose(["--config", file, "--shard", "0/100000"], status: 0)
        #expect(none.contains("note  no stream of this shard was found"), "\(none)")
    }

    @Test("asks for what remediation writes without running it", arguments: ServerProgram.all)
    func remediation(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await lay("orders", to: client)
        let policies = """
            remediation:
              mode: act
              policies:
                - {name: dead, stream: orders, group: g, action: dead_letter, min_idle: 365d, after_deliveries: 5, to_stream: dead}

            """
        func file(_ login: String, _ name: String) throws -> String {
            try server.folder.write(configuration(server.target("test") + login) + policies, to: name)
        }
        let before = try await client.send("DUMP", "orders")
        let whole = try await diagnose(["--config", try file("", "whole.yaml")], status: 0)
        #expect(try await client.send("DUMP", "orders") == before)
        #expect(try await client.send("EXISTS", "dead").integer == 0)
        #expect(whole.contains("policy dead: XADD was not tried: it writes") == !program.countsEntries)
        #expect(whole.contains("    ok    policy dead: XADD  ") == program.countsEntries)

        guard program.countsEntries else { return }
        try await client.send(
            "ACL", "SETUSER", "weir", "on", ">x", "~orders", "+@read", "+@connection", "+info", "+time", "+xinfo",
            "+acl|dryrun")
        let own = try file(", username: weir, password: x", "own.yaml")
        let text = try await diagnose(["--config", own], status: 1)
        #expect(text.contains("policy dead: XACK is denied"))
        #expect(text.contains("+xack"))
        #expect(text.contains("the server refuses what the policy would do"))
    }

    @Test("sees what is wrong with the settings")
    func settings() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await lay("orders", to: client)
        for _ in 0..<4 { try await client.send("XADD", "large", "*", "f", String(repeating: "x", count: 40_000)) }
        let keys = "streams: [\"orders\", \"missing\", \"b*\", \"large\"], expect: [{stream: orders, group: shippers}]"
        let file = try server.folder.write(configuration(server.target("test", keys)), to: "weir.yaml")
        let text = try await diagnose(["--config", file], status: 1)
        #expect(text.contains("warn  streams: there is no stream missing"))
        #expect(text.contains("warn  streams: no stream matches b*"))
        #expect(text.contains("warn  expect: the stream orders has no group shippers"))
        #expect(text.contains("note  payload_guard: the entries of 1 streams are larger"))
        #expect(!text.contains("xxxx"))
    }

    @Test("tells a server that evicts streams, and one that cannot be read")
    func endangered() async throws {
        let server = try await RedisServer(["--maxmemory", "1gb", "--maxmemory-policy", "allkeys-lru"])
        let text = try await diagnose(["--redis", server.url], status: 1)
        #expect(text.contains("warn  maxmemory-policy is allkeys-*"))
        #expect(text.contains("note  no stream was found"))
        let both = try await diagnose(["--redis", server.url, "--redis", "redis://127.0.0.1:1"], status: 3)
        #expect(both.contains("fail  cannot connect: Connection refused"))
        #expect(both.contains("warn  maxmemory-policy"))
        let chosen = try await diagnose(
            ["--redis", server.url, "--redis", "redis://127.0.0.1:1", "--target", "127.0.0.1:1"], status: 3)
        #expect(!chosen.contains("maxmemory-policy"))
        let locked = try await RedisServer(["--requirepass", "s3cret"])
        let refused = try await diagnose(["--redis", locked.url], status: 3)
        #expect(refused.contains("fail  the login failed"))
    }

    @Test("does without CONFIG and ACL", arguments: ServerProgram.all)
    func renamed(program: ServerProgram) async throws {
        let server = try await RedisServer(
            ["--rename-command", "CONFIG", "", "--rename-command", "ACL", "", "--appendonly", "yes"],
            program: program.command)
        try await lay("orders", to: try await server.client())
        let text = try await diagnose(["--redis", server.url], status: 0)
        #expect(text.contains("note  AOF: on; appendfsync is not known, as CONFIG GET may not be asked"))
        #expect(text.contains("as the default user (ACL WHOAMI may not be asked)"))
    }

    @Test("shows names as text, whatever they are")
    func hostile() async throws {
        let server = try await RedisServer()
        try await lay("s\u{1b}[31m\u{202e}\r\n", to: try await server.client())
        let text = try await diagnose(["--redis", server.url], status: 0)
        #expect(text.contains("s\\x1b[31m\\xe2\\x80\\xae\\x0d\\x0a: 3 entries"))
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
    }

    @Test("looks at every primary of a cluster")
    func cluster() async throws {
        let cluster = try await TestCluster(replicas: 0)
        let client = cluster.client()
        _ = try await diagnose(["--redis", cluster.url], status: 0)
        for name in ["a", "b", "c", "d", "e"] { try await client.send("XADD", name, "*", "f", Self.payload) }
        let text = try await diagnose(["--redis", cluster.url], status: 0)
        for node in cluster.nodes { #expect(text.contains("  Server \(node.name)")) }
        #expect(text.contains("a primary, in a cluster"))
        #expect(text.contains("ok    CLUSTER SLOTS  "))
        #expect(text.contains("ok    the primaries of the cluster: "))
        for name in ["a", "b", "c", "d", "e"] { #expect(text.contains("\(name): 1 entry")) }
        let part = try await diagnose(["--redis", "redis://\(cluster.nodes[0].name)"], status: 1)
        #expect(part.contains("warn  the server is a node of a cluster, of which only this node's streams are watched"))
        #expect(part.contains("redis+cluster://"))
    }

    @Test("tells of the nodes that answer, where one of a cluster does not")
    func silentNode() async throws {
        let cluster = try await TestCluster(replicas: 0, "--cluster-require-full-coverage", "no")
        let silent = cluster.nodes[1]
        let file = try silent.server.folder.write(
            "targets: [{url: \"\(cluster.url)\", streams: [\"*\", \"b:*\"], "
                + "expect: [{stream: orders, group: shippers}]}]\n", to: "weir.yaml")
        silent.pause()
        defer { silent.resume() }
        let text = try await diagnose(["--config", file], status: 1)
        #expect(text.contains("  Server \(silent.name)\n    fail  no answer within 2.0 seconds"), "\(text)")
        #expect(text.contains("note  not all keys could be looked through: there may be more"), "\(text)")
        for word in ["no stream matches", "has no group", "nothing is denied that weir needs"] {
            #expect(!text.contains(word), "\(text)")
        }
        for node in [cluster.nodes[0], cluster.nodes[2]] {
            #expect(text.contains("  Server \(node.name)\n    ok    reached"), "\(text)")
        }
    }
}
