import Platform
import RedisClient
import TestSupport
import Testing

@Suite("Logging in")
struct LoginTests {
    private static let password = "s3cret \"with\" \\ and space"

    /// A server that was told so: Valkey 8.1 does not quote what comes by its command line.
    private func server(_ command: String...) async throws -> RedisServer {
        let server = try await RedisServer()
        try await server.client().send(command.map { Array($0.utf8) })
        return server
    }

    private func connection(
        to server: RedisServer, user: String? = nil, password: String?, database: Int = 0
    ) throws -> RedisConnection {
        var endpoint = server.endpoint
        endpoint.username = user
        endpoint.password = password.map { .secret(Secret(Array($0.utf8))) }
        endpoint.database = database
        return try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
    }

    @Test("The password is sent, byte for byte")
    func password() async throws {
        let server = try await server("CONFIG", "SET", "requirepass", Self.password)
        let connection = try connection(to: server, password: Self.password)
        try await connection.open()
        #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.status("PONG")])
    }

    @Test("A user logs in with a password of its own")
    func user() async throws {
        let server = try await server("ACL", "SETUSER", "watcher", "on", ">\(Self.password)", "+@all", "~*")
        let connection = try connection(to: server, user: "watcher", password: Self.password)
        try await connection.open()
        #expect(try await connection.pipeline([RedisCommand("ACL", "WHOAMI")]).replies == [.text("watcher")])
    }

    @Test("A password that is wrong or missing is a login that failed, and is in no error", arguments: [nil, "wr0ng"])
    func wrongPassword(_ wrong: String?) async throws {
        let server = try await server("CONFIG", "SET", "requirepass", Self.password)
        let connection = try connection(to: server, password: wrong)
        let (error, _) = try await failure { try await connection.open() }
        guard case .authenticationFailed(let message) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(message.hasPrefix(wrong == nil ? "NOAUTH" : "WRONGPASS"))
        #expect(!"\(error)".contains("wr0ng"))
        #expect(await !connection.isOpen)
    }

    @Test("A password's file is read for each login, so that a new password is found")
    func rotation() async throws {
        let server = try await RedisServer(["--user", "watcher", "on", ">first", "+@all", "~*"])
        let owner = try await server.client()
        var endpoint = server.endpoint
        endpoint.username = "watcher"
        endpoint.password = .file(path: try server.folder.write("first\n", to: "password"))
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
        try await connection.open()

        try await owner.send("ACL", "SETUSER", "watcher", "resetpass", ">second")
        // Redis lets in whoever is in already.
        #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.status("PONG")])
        let (error, _) = try await failure { try await connection.open() }
        guard case .authenticationFailed(let message) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(message.hasPrefix("WRONGPASS"))
        #expect(await !connection.isOpen)

        try server.folder.write("second\r\n", to: "password")
        try await connection.open()
        #expect(try await connection.pipeline([RedisCommand("ACL", "WHOAMI")]).replies == [.text("watcher")])
    }

    @Test("A password's file that is of no use is told of by its name, before the server is connected to")
    func uselessFile() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/password"
        let endpoint = RedisEndpoint(
            address: .unix(path: "\(folder.path)/none"), username: "watcher", password: .file(path: path))
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
        let (missing, _) = try await failure { try await connection.open() }
        #expect("\(missing)" == "the password's file \(path) cannot be read: No such file or directory")
        for contents in ["", "\n"] {
            try folder.write(contents, to: "password")
            let (empty, _) = try await failure { try await connection.open() }
            #expect("\(empty)" == "the password's file \(path) is empty")
        }
    }

    @Test("A password from a file is in no error, whatever the server quotes")
    func fileQuoted() async throws {
        let server = try FakeRedis { _ in .error("ERR the password '\(Self.password)' is wrong") }
        let folder = try TemporaryFolder()
        var endpoint = RedisEndpoint(address: .tcp(host: "127.0.0.1", port: server.port))
        endpoint.password = .file(path: try folder.write("\(Self.password)\n", to: "password"))
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
        let (error, _) = try await failure { try await connection.open() }
        #expect(error == .authenticationFailed("ERR the password '***' is wrong"))
    }

    @Test("A server that repeats an AUTH it does not know gives no password away", arguments: [nil, "watcher"])
    func authRepeated(user: String?) async throws {
        let server = try await RedisServer(["--rename-command", "AUTH", ""])
        for password in [Self.password, String(repeating: "s3cret", count: 40)] {
            let connection = try connection(to: server, user: user, password: password)
            let (error, _) = try await failure { try await connection.open() }
            #expect("\(error)".contains("the login failed: ERR unknown command"))
            #expect(!"\(error)".contains("s3cret"))
        }
    }

    @Test("A server that quotes the password in its refusal does not give it away")
    func passwordQuoted() async throws {
        let server = try FakeRedis { _ in .error("ERR the password '\(Self.password)' is wrong") }
        var endpoint = RedisEndpoint(address: .tcp(host: "127.0.0.1", port: server.port))
        endpoint.password = .secret(Secret(Array(Self.password.utf8)))
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
        let (error, _) = try await failure { try await connection.open() }
        #expect(error == .authenticationFailed("ERR the password '***' is wrong"))
    }

    @Test("The database is selected, and one that is not there is an error")
    func database() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let third = try connection(to: server, password: nil, database: 3)
        try await third.open()
        _ = try await third.pipeline([RedisCommand("SET", "here", "1")])
        #expect(try await client.send("DBSIZE") == .integer(0))
        try await client.send("SELECT", "3")
        #expect(try await client.send("DBSIZE") == .integer(1))

        let absent = try connection(to: server, password: nil, database: 99)
        let (error, _) = try await failure { try await absent.open() }
        #expect(error == .refused(command: "SELECT", message: "ERR DB index is out of range"))
    }

    @Test("The connection is named weir in CLIENT LIST")
    func name() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        // The one that saw the server come up.
        try await eventually { try await client.weirConnections().isEmpty }
        let connection = try connection(to: server, password: nil)
        try await connection.open()
        #expect(try await client.weirConnections().count == 1)
    }

    @Test("A server that does not let the connection be named is used all the same")
    func noName() async throws {
        let server = try await RedisServer(["--user", "watcher", "on", ">pw", "+ping", "~*"])
        let connection = try connection(to: server, user: "watcher", password: "pw")
        try await connection.open()
        #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.status("PONG")])
    }

    @Test("A server that turns the connection away is quoted", arguments: [0, 3])
    func turnedAway(database: Int) async throws {
        let server = try await RedisServer()
        let first = try await server.client()
        try await first.send("CONFIG", "SET", "maxclients", "1")
        let second = try connection(to: server, password: nil, database: database)
        let (error, _) = try await failure { try await second.open() }
        #expect("\(error)".contains("max number of clients"))
        #expect(try await first.send("PING") == .status("PONG"))
    }

    @Test("LOADING is told from other refusals")
    func loading() async throws {
        let server = try FakeRedis { command in
            command.first == "SELECT" ? .error("LOADING Redis is loading the dataset in memory") : .ok
        }
        let (error, _) = try await failure { _ = try await open(server.port, timeout: .seconds(5), database: 1) }
        #expect(error == .loading)
        #expect(server.commands == [["CLIENT", "SETNAME", "weir"], ["SELECT", "1"]])
    }
}
