import Inspection
import RedisClient
import StreamModel
import Testing

@Suite("Commands that are tried")
struct CommandTrialTests {
    private func outcome(_ reply: RedisReply) -> CommandTrial.Outcome {
        let exchange = RedisExchange(replies: [reply], elapsed: .milliseconds(1), bytesSent: 1, bytesReceived: 9)
        return CommandTrial("xlen", exchange).outcome
    }

    private func refusal(_ message: String) -> CommandTrial.Outcome {
        outcome(.error(RedisErrorReply(message: message)))
    }

    @Test("are allowed, denied, denied on a key, not known, or refused")
    func outcomes() {
        #expect(outcome(.integer(1)) == .allowed(elapsed: .milliseconds(1), bytes: 9))
        #expect(refusal("ERR no such key") == .allowed(elapsed: .milliseconds(1), bytes: 9))
        #expect(refusal("MOVED 1 127.0.0.1:7000") == .allowed(elapsed: .milliseconds(1), bytes: 9))
        let command = "NOPERM User weir has no permissions to run the 'xlen' command"
        #expect(refusal(command) == .denied(command))
        let key = "NOPERM No permissions to access a key"
        #expect(refusal(key) == .deniedKey(key))
        #expect(refusal("ERR unknown command 'XLEN'") == .unknownCommand("ERR unknown command 'XLEN'"))
        #expect(refusal("ERR no") == .refused("ERR no"))
    }

    @Test("read with a limit, and need something to be tried on")
    func commands() {
        let subject = TrialSubject(database: 3, stream: Name("s"), group: Name("g"))
        let range = CommandTrial.command(for: "xrange", on: subject)
        #expect(range == RedisCommand("XRANGE", "s", "-", "+", "COUNT", "1"))
        #expect(
            CommandTrial.command(for: "xpending", on: subject) == RedisCommand("XPENDING", "s", "g", "-", "+", "10"))
        #expect(CommandTrial.command(for: "select", on: subject) == RedisCommand("SELECT", "3"))
        #expect(CommandTrial.command(for: "xpending", on: TrialSubject(database: 0, stream: Name("s"))) == nil)
        #expect(CommandTrial.command(for: "xlen", on: TrialSubject(database: 0)) == nil)
    }

    @Test(
        "are never run where they write",
        arguments: ["xautoclaim", "xack", "xadd", "eval", "evalsha", "xgroup|delconsumer"])
    func writing(right: String) {
        let subject = TrialSubject(database: 0, stream: Name("s"), group: Name("g"))
        #expect(CommandTrial.command(for: right, on: subject) == nil)
        let dry = CommandTrial.dryRun(of: right, as: "weir", on: Array("s".utf8))
        #expect(dry?.arguments.prefix(3) == RedisCommand("ACL", "DRYRUN", "weir").arguments[...])
    }
}
