import TestSupport
import Testing

@testable import RedisClient

@Suite("RESP3 made RESP2")
struct RESP3RewriterTests {
    private func rewritten(_ text: String) throws -> String {
        var rewriter = RESP3Rewriter()
        return String(decoding: try rewriter.rewrite(Array(text.utf8)[...]), as: UTF8.self)
    }

    @Test(
        "Each type has the form in which Redis answers a client of RESP2",
        arguments: [
            ("+OK\r\n", "+OK\r\n"), ("-ERR no\r\n", "-ERR no\r\n"), (":-7\r\n", ":-7\r\n"),
            ("$3\r\na\r\n\r\n", "$3\r\na\r\n\r\n"), ("$0\r\n\r\n", "$0\r\n\r\n"), ("$-1\r\n", "$-1\r\n"),
            ("*2\r\n:1\r\n*0\r\n", "*2\r\n:1\r\n*0\r\n"), ("*-1\r\n", "*-1\r\n"),
            ("%2\r\n+a\r\n:1\r\n+b\r\n_\r\n", "*4\r\n+a\r\n:1\r\n+b\r\n$-1\r\n"), ("%0\r\n", "*0\r\n"),
            ("~1\r\n$1\r\nx\r\n", "*1\r\n$1\r\nx\r\n"), ("#t\r\n", ":1\r\n"), ("#f\r\n", ":0\r\n"),
            (",3.25\r\n", "$4\r\n3.25\r\n"), (",inf\r\n", "$3\r\ninf\r\n"),
            (
                "(3492890328409238509324850943850943825024385\r\n",
                "$43\r\n3492890328409238509324850943850943825024385\r\n"
            ),
            ("=7\r\ntxt:a\r\n\r\n", "$3\r\na\r\n\r\n"), ("=4\r\ntxt:\r\n", "$0\r\n\r\n"),
            ("=2\r\ntx\r\n", "$0\r\n\r\n"),
            ("!10\r\nERR a\r\nb c\r\n", "-ERR a  b c\r\n"), ("!0\r\n\r\n", "-\r\n"),
        ])
    func types(resp3: String, resp2: String) throws {
        #expect(try rewritten(resp3) == resp2)
    }

    @Test(
        "Pushes and attributes are left out, whatever is in them",
        arguments: [
            (">2\r\n+invalidate\r\n*1\r\n$3\r\nfoo\r\n+OK\r\n", "+OK\r\n"), (">0\r\n:1\r\n", ":1\r\n"),
            ("+A\r\n>1\r\n%1\r\n=5\r\ntxt:x\r\n!2\r\nno\r\n+B\r\n", "+A\r\n+B\r\n"),
            ("|1\r\n+ttl\r\n:3\r\n$1\r\nx\r\n", "$1\r\nx\r\n"),
            ("*2\r\n|1\r\n+ttl\r\n,1.5\r\n:1\r\n:2\r\n", "*2\r\n:1\r\n:2\r\n"),
            ("|1\r\n+a\r\n|1\r\n+b\r\n_\r\n~2\r\n:1\r\n$-1\r\n:9\r\n", ":9\r\n"),
        ])
    func leftOut(resp3: String, resp2: String) throws {
        #expect(try rewritten(resp3) == resp2)
    }

    @Test(
        "What is no protocol is said to be so",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n", "\r\n", "$x\r\n", "$-2\r\n", "%\r\n", "!\r\n", "*1e3\r\n",
            "%9223372036854775807\r\n", "=9223372036854775807\r\n", ">9223372036854775807\r\n>9223372036854775807\r\n",
        ])
    func malformed(text: String) {
        let error = #expect(throws: RedisClientError.self) { try rewritten(text) }
        guard case .protocolViolation? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("However the bytes are cut, the same comes out, and it is what a client of RESP2 gets", arguments: 0..<300)
    func anyPieces(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let replies = (0..<4).map { _ in Self.reply(depth: 4, &generator) }
        var input: [UInt8] = []
        for reply in replies {
            if Bool.random(using: &generator) { input += Self.push(&generator) }
            input += reply.bytes(.resp3)
        }
        let expected = replies.flatMap { $0.bytes(.resp2) }

        var whole = RESP3Rewriter()
        #expect(try whole.rewrite(input[...]) == expected)
        var rewriter = RESP3Rewriter()
        var output: [UInt8] = []
        var rest = input[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...9, using: &generator))
            output += try rewriter.rewrite(piece)
            rest = rest.dropFirst(piece.count)
        }
        #expect(output == expected)
    }

    private static func reply(depth: Int, _ generator: inout SplitMix64) -> WireReply {
        func children() -> [WireReply] {
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in reply(depth: depth - 1, &generator) }
        }
        func pairs() -> [(WireReply, WireReply)] {
            children().map { ($0, reply(depth: depth - 1, &generator)) }
        }
        let text = String(repeating: "é", count: Int.random(in: 0...5, using: &generator))
        switch Int.random(in: depth == 0 ? 4...13 : 0...13, using: &generator) {
        case 0: return .array(children())
        case 1: return .set(children())
        case 2: return .map(pairs())
        case 3: return .attributed(pairs(), reply(depth: depth - 1, &generator))
        case 4: return .status(text)
        case 5: return .error("ERR \(text)")
        case 6: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 7: return .null
        case 8: return .boolean(Bool.random(using: &generator))
        case 9: return .double("-1.5e3")
        case 10: return .bigNumber("123456789012345678901234567890")
        case 11: return .verbatim(text)
        case 12: return .blobError("ERR \(text)")
        default:
            let all = Array("\r\n$1\r\n_%".utf8)
            return .string(
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    all.randomElement(using: &generator) ?? 0
                })
        }
    }

    private static func push(_ generator: inout SplitMix64) -> [UInt8] {
        Array(">2\r\n".utf8) + WireReply.text("invalidate").bytes(.resp3)
            + reply(depth: 2, &generator).bytes(.resp3)
    }
}
