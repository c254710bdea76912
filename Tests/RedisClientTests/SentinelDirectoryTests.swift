import RedisClient
import TestSupport
import Testing

@Suite("Asking sentinels")
struct SentinelDirectoryTests {
    private static let address = RedisEndpoint.Address.tcp(host: "10.0.0.1", port: 6379)
    private static let naming = RedisReply.array([.text("10.0.0.1"), .text("6379")])
    /// Far beyond the timeout and far below a wait that would be one: the machine may have much else to do.
    private static let soon = Duration.seconds(60)

    /// A sentinel that answers the question so.
    private func sentinel(_ answer: FakeAnswer) throws -> FakeRedis {
        try FakeRedis { $0.first == "SENTINEL" ? answer : .ok }
    }

    private func directory(
        _ ports: [UInt16], database: Int = 0, timeout: Duration = .seconds(20)
    ) -> (SentinelDirectory, RedisDialer) {
        let sentinels = ports.map {
            RedisEndpoint(address: .tcp(host: "127.0.0.1", port: $0), database: database)
        }
        let dialer = RedisDialer(timeout: timeout)
        let topology = SentinelTopology(sentinels: sentinels, primaryName: "mymaster", access: RedisAccess())
        return (SentinelDirectory(topology, dialer: dialer), dialer)
    }

    @Test("A lookup is one question on a connection that is kept, and never selects a database")
    func kept() async throws {
        let sentinel = try sentinel(.reply(Self.naming))
        var (directory, _) = directory([sentinel.port], database: 3)
        for _ in 0..<3 { #expect(try await directory.primary() == Self.address) }
        let question = ["SENTINEL", "get-master-addr-by-name", "mymaster"]
        #expect(sentinel.commands == [["CLIENT", "SETNAME", "weir"], question, question, question])
    }

    @Test(
        "The address may be a name or of IPv6",
        arguments: [("redis-1.example", "6380"), ("::1", "6379"), ("127.0.0.1", "65535")])
    func addresses(host: String, port: String) async throws {
        let sentinel = try sentinel(.reply(.array([.text(host), .text(port)])))
        var (directory, _) = directory([sentinel.port])
        #expect(try await directory.primary() == .tcp(host: host, port: try #require(UInt16(port))))
    }

    @Test("The one that has answered is asked first the next time, and those before it keep their order")
    func order() async throws {
        let silent = try (0..<2).map { _ in try sentinel(.reply(.null)) }
        let knowing = try sentinel(.reply(Self.naming))
        var (directory, _) = directory(silent.map(\.port) + [knowing.port])
        for _ in 0..<3 { #expect(try await directory.primary() == Self.address) }
        #expect(silent.map { $0.commands.count } == [2, 2])
        #expect(knowing.commands.count == 4)
        knowing.stop()
        let failures = try await failures(directory)
        #expect(failures.map(\.sentinel) == ([knowing] + silent).map { "127.0.0.1:\($0.port)" })
    }

    @Test("Those that cannot say are passed over for what is wrong with each")
    func passedOver() async throws {
        let timeout = Duration.milliseconds(300)
        let dead = try LoopbackListener.unusedPort()
        let answers: [FakeAnswer] = [
            .reply(.null), .silence, .error("IDONTKNOW I do not know"), .error("NOAUTH Authentication required."),
            .error("NOPERM User u has no permissions to run the 'sentinel|get-master-addr-by-name' command"),
            .error("ERR unknown command 'SENTINEL', with args beginning with: 'get-master-addr-by-name' 'mymaster' "),
            .bytesThenHangUp([]), .reply(.array([.text("10.0.0.1"), .text("x")])), .reply(.array([])),
            .reply(.array([.text(""), .text("6379")])),
        ]
        let sentinels = try answers.map(sentinel)
        let (directory, _) = directory([dead] + sentinels.map(\.port), timeout: timeout)
        let failures = try await failures(directory)
        let command = "SENTINEL GET-MASTER-ADDR-BY-NAME"
        let odd = RedisClientError.unexpectedAnswer(command: command, what: "no host and port")
        let causes: [SentinelFailure.Cause] = [
            .failed(.cannotConnect(reason: "Connection refused")), .unknownName, .failed(.timedOut(after: timeout)),
            .failed(.refused(command: command, message: "IDONTKNOW I do not know")),
            .failed(.authenticationFailed("NOAUTH Authentication required.")),
            .failed(
                .refused(
                    command: command,
                    message: "NOPERM User u has no permissions to run the 'sentinel|get-master-addr-by-name' command")),
            .notSentinel, .failed(.closed), .failed(odd), .failed(odd), .failed(odd),
        ]
        #expect(failures.map(\.cause) == causes)
        #expect(failures.map(\.sentinel) == ([dead] + sentinels.map(\.port)).map { "127.0.0.1:\($0)" })
    }

    @Test("The error says in one line what each of them said")
    func text() async throws {
        let dead = try LoopbackListener.unusedPort()
        let ignorant = try sentinel(.reply(.null))
        var (directory, _) = directory([dead, ignorant.port])
        let (error, _) = try await failure { _ = try await directory.primary() }
        let causes =
            "127.0.0.1:\(dead): cannot connect: Connection refused; "
            + "127.0.0.1:\(ignorant.port): it does not know that name"
        #expect("\(error)" == "no sentinel names the primary of \"mymaster\": \(causes)")
    }

    @Test("A sentinel that names what has turned out to be no primary is passed over")
    func refuted() async throws {
        let stale = try sentinel(.reply(Self.naming))
        let fresh = try sentinel(.reply(.array([.text("10.0.0.2"), .text("6379")])))
        let (new, old) = (RedisEndpoint.Address.tcp(host: "10.0.0.2", port: 6379), Self.address)
        var (directory, _) = directory([stale.port, fresh.port])
        #expect(try await directory.primary() == old)
        #expect(try await directory.primary(except: [old]) == new)
        #expect(try await directory.primary() == new)
        let failures = try await failures(directory, except: [old, new])
        #expect(failures.map(\.cause) == [.refuted(new), .refuted(old)])
        #expect("\(failures[0])" == "127.0.0.1:\(fresh.port): it names 10.0.0.2:6379, which is not a primary")
    }

    @Test("A sentinel that is slow at every step costs the timeout once")
    func slow() async throws {
        let sentinel = try FakeRedis { command in
            // The login takes most of it, the answer as long again.
            let reply = command.first == "SENTINEL" ? Self.naming : .status("OK")
            return .trickle(reply.wireBytes, every: .milliseconds(command.first == "SENTINEL" ? 200 : 350))
        }
        let timeout = Duration.seconds(2)
        let (directory, _) = directory([sentinel.port], timeout: timeout)
        let start = ContinuousClock.now
        let failures = try await failures(directory)
        let elapsed = ContinuousClock.now - start
        #expect(failures.map(\.cause) == [.failed(.timedOut(after: timeout))])
        #expect(elapsed >= timeout && elapsed < .milliseconds(3500))
    }

    @Test("An interruption from elsewhere ends a lookup at once, and every later one, whichever sentinels are left")
    func interrupted() async throws {
        let sentinels = try (0..<2).map { _ in try sentinel(.silence) }
        let (directory, dialer) = directory(sentinels.map(\.port), timeout: .seconds(300))
        async let failing = failure {
            var directory = directory
            _ = try await directory.primary()
        }
        try await eventually { sentinels[0].commands.count == 2 }
        dialer.interrupt()
        let (error, elapsed) = try await failing
        #expect(error == .interrupted)
        #expect(elapsed < Self.soon)
        #expect(dialer.isInterrupted)
        #expect(sentinels[1].commands.isEmpty)
        var later = directory
        #expect(try await failure { _ = try await later.primary() }.error == .interrupted)
        #expect(sentinels[0].commands.count == 2 && sentinels[1].commands.isEmpty)
    }

    @Test("An interruption ends a lookup whenever it comes", arguments: 0..<8 as Range<UInt64>)
    func interruptedAnytime(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let sentinels = try [sentinel(.reply(.null)), sentinel(.silence)]
        for _ in 0..<10 {
            let (directory, dialer) = directory(sentinels.map(\.port), timeout: .seconds(300))
            async let failing = failure {
                var directory = directory
                _ = try await directory.primary()
            }
            let moment = Duration.microseconds(Int.random(in: 0..<3000, using: &random))
            try await Task.sleep(for: moment, tolerance: .zero)
            dialer.interrupt()
            let (error, elapsed) = try await failing
            #expect(error == .interrupted)
            #expect(elapsed < Self.soon)
        }
    }

    @Test("Connections that are dropped leave nothing behind")
    func leaks() async throws {
        let ignorant = try sentinel(.reply(.null))
        let dialer = RedisDialer(timeout: .seconds(20))
        func look(times: Int) async throws {
            let sentinels = [RedisEndpoint(address: .tcp(host: "127.0.0.1", port: ignorant.port))]
            let topology = SentinelTopology(sentinels: sentinels, primaryName: "mymaster", access: RedisAccess())
            var directory = SentinelDirectory(topology, dialer: dialer)
            for _ in 0..<times { _ = try await failure { _ = try await directory.primary() } }
        }
        try await look(times: 5)
        try await eventually { OwnProcess.openDescriptorCount < 100 }
        let threads = OwnProcess.threadNames.count { $0 == "redis" }
        try await look(times: 50)
        try await eventually { OwnProcess.threadNames.count { $0 == "redis" } <= threads }
    }
}
