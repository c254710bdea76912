import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("Patterns as the server understands them")
struct GlobTests {
    /// Few, so that they meet often.
    ///
    /// Those of patterns are ASCII: beyond it, a range means what the server's processor takes a `char` for.
    private static let letters = Array("ab[]-^\\*?c{".utf8)

    @Test("A name matches a pattern exactly when the server says so", arguments: 0..<20 as Range<UInt64>)
    func matches(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        let server = try await RedisServer()
        let client = try await server.client()
        var names: Set<[UInt8]> = [[], Array("a".utf8), Array("[a-c]".utf8), Array("a\\b".utf8)]
        for _ in 0..<60 { names.insert(Self.word(upTo: 6, of: Self.letters + [0xff], &generator)) }
        _ = try await client.connection.pipeline(names.map { RedisCommand([Array("SET".utf8), $0, []]) })

        let handmade = [
            "", "*", "**", "?", "[", "[^", "[a", "[^a", "[]", "[]a]", "\\", "a\\", "[\\]]", "[c-a]", "[a-", "*[^]*",
        ]
        let random = (0..<150).map { _ in Self.word(upTo: 7, of: Self.letters, &generator) }
        let patterns = handmade.map { Array($0.utf8) } + random
        let rest = ["COUNT", "1000"].map { Array($0.utf8) }
        let scans = patterns.map { RedisCommand("SCAN", "0", "MATCH", key: $0, then: rest) }
        let replies = try await client.connection.pipeline(scans).replies
        for (pattern, reply) in zip(patterns, replies) {
            let found = try #require(reply.elements?.last?.elements).compactMap(\.bytes)
            let matched = names.filter { Glob(pattern).matches(Name($0)) }
            let difference = Set(found).symmetricDifference(matched).map { Name($0).text }
            #expect(difference.isEmpty, "\(Name(pattern).text)")
        }
    }

    private static func word(
        upTo length: Int, of letters: [UInt8], _ generator: inout SplitMix64
    ) -> [UInt8] {
        (0..<Int.random(in: 0...length, using: &generator)).compactMap { _ in letters.randomElement(using: &generator) }
    }
}
