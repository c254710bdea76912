import RedisClient
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import Rescue

@Suite("What a script answers")
struct ScriptAnswerTests {
    private func obstacle(_ text: String, _ command: String = "XADD") throws -> RemediationOutcome.Obstacle? {
        try ScriptAnswer(.array([.text(text), .array([]), .text(command)])).obstacle
    }

    @Test(
        "is told in the server's words, which begin with the code",
        arguments: [
            (
                "@user_script: 10: -OOM command not allowed when used memory > 'maxmemory'.",
                "OOM command not allowed when used memory > 'maxmemory'."
            ),
            (
                "@user_script: 15: The user executing the script can't run this command or subcommand",
                "The user executing the script can't run this command or subcommand (XADD)"
            ),
            (
                "ERR ACL failure in script: User weir has no permissions to run the 'xack' command",
                "ERR ACL failure in script: User weir has no permissions to run the 'xack' command"
            ),
            ("NOGROUP No such key 's' or consumer group 'g'", "NOGROUP No such key 's' or consumer group 'g'"),
        ])
    func words(text: String, expected: String) throws {
        #expect(try obstacle(text) == .server(expected))
    }

    @Test("names other groups, or nothing")
    func others() throws {
        #expect(try obstacle("GROUPS 3") == .refused(.otherGroups(count: 3)))
        #expect(try obstacle("") == nil)
    }

    @Test(
        "is not understood where it is of another shape",
        arguments: [.null, .array([]), .array([.text(""), .null])] as [RedisReply])
    func shape(reply: RedisReply) {
        #expect(throws: ScriptAnswer.notUnderstood) { try ScriptAnswer(reply) }
    }

    @Test("has a row for each entry")
    func rows() {
        let id = StreamID(milliseconds: 5, sequence: 1)
        let rest: [RedisReply] = [.text("c"), .integer(7), .integer(2), .text("6-0")]
        let entry = MovedEntry(
            id: id, consumer: Name("c"), idleMilliseconds: 7, deliveries: 2,
            copy: StreamID(milliseconds: 6, sequence: 0))
        #expect(MovedRow([.text("5-1"), .text("moved")] + rest) == .moved(entry))
        #expect(MovedRow([.text("5-1"), .text("copied")] + rest) == .copied(entry))
        #expect(MovedRow([.text("5-1"), .text("gone")]) == .left(LeftEntry(id: id, reason: .bodyGone)))
        #expect(
            MovedRow([.text("5-1"), .text("wide"), .integer(4_000)])
                == .left(LeftEntry(id: id, reason: .tooManyFields(4_000))))
        #expect(MovedRow([.text("5-1"), .text("taken")]) == .taken)
        #expect(MovedRow([.text("5-1"), .text("else")]) == nil)
        #expect(MovedRow([.text("5"), .text("taken")]) == nil)
    }
}
