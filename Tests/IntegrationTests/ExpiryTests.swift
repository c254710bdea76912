import RedisClient
import Sampling
import StreamModel
import TestSupport
import Testing

@Suite("Times to live")
struct ExpiryTests {
    private struct Stage {
        let server: RedisServer
        let client: ServerCommands
        var sampler: Sampler

        init(_ program: ServerProgram, user: String? = nil) async throws {
            server = try await RedisServer(program: program.command)
            client = try await server.client()
            for name in ["lasting", "passing"] { try await client.send("XADD", name, "*", "field", "value") }
            try await client.send("PEXPIRE", "passing", "1000000")
            if let user {
                let rights = "ACL SETUSER \(user) on >pw ~* -@all +@all -pttl"
                try await client.send(rights.split(separator: " ").map { Array($0.utf8) })
            }
            sampler = try await Sampler.on(server, as: user, streams: ["lasting", "passing"])
        }

        /// What a poll says of the two streams.
        mutating func poll() async throws -> [Bool?] {
            let sample = try await sampler.poll(at: Timestamp(milliseconds: 0))
            return ["lasting", "passing"].map { sample[$0]?.expires }
        }

        /// How often the server has answered PTTL.
        func asked() async throws -> Int {
            let info = String(decoding: try await client.send("INFO", "commandstats").bytes ?? [], as: UTF8.self)
            let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("cmdstat_pttl:calls=") }
            return line.flatMap { Int($0.dropFirst("cmdstat_pttl:calls=".count).prefix { $0 != "," }) } ?? 0
        }
    }

    @Test("are asked for while the server evicts by them, and only then", arguments: ServerProgram.all)
    func volatile(program: ServerProgram) async throws {
        var stage = try await Stage(program)
        #expect(try await stage.poll() == [nil, nil])
        try await stage.client.send("CONFIG", "SET", "maxmemory-policy", "volatile-lru")
        #expect(try await stage.poll() == [nil, nil])
        #expect(try await stage.asked() == 0)
        try await stage.client.send("CONFIG", "SET", "maxmemory", "1gb")
        for _ in 0..<3 { #expect(try await stage.poll() == [false, true]) }
        #expect(try await stage.asked() == 2)
        try await stage.client.send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        for _ in 0..<3 { #expect(try await stage.poll() == [nil, nil]) }
        #expect(try await stage.asked() == 2)
    }

    @Test("are not known where the user may not ask, and all else is", arguments: ServerProgram.all)
    func denied(program: ServerProgram) async throws {
        var stage = try await Stage(program, user: "weir")
        try await stage.client.send("CONFIG", "SET", "maxmemory-policy", "volatile-lru")
        try await stage.client.send("CONFIG", "SET", "maxmemory", "1gb")
        for _ in 0..<3 {
            let sample = try await stage.sampler.poll(at: Timestamp(milliseconds: 0))
            #expect(sample["passing"]?.length == 1)
            #expect(sample["passing"]?.expires == nil)
        }
    }
}
