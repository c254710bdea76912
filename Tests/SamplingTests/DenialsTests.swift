import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("What a user may not do")
struct DenialsTests {
    @Test(
        "is remembered where the answer is about the command, on every version",
        arguments: [
            // Redis 6.0, 7.0 and 8.0, Valkey.
            ("NOPERM this user has no permissions to run the 'xinfo' command or its subcommand", true),
            ("NOPERM this user has no permissions to run the 'xinfo|stream' command", true),
            ("NOPERM User weir has no permissions to run the 'xinfo|stream' command", true),
            ("NOPERM this user has no permissions to access one of the keys used as arguments", false),
            ("NOPERM No permissions to access a key", false),
            ("ERR unknown command `XINFO`, with args beginning with: `STREAM`, `s`, ", true),
            ("ERR unknown command 'XINFO', with args beginning with: 'STREAM' 's' ", true),
            ("ERR Unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.", true),
            ("ERR unknown subcommand 'STREAM'. Try XINFO HELP.", true),
            ("ERR no such key", false),
            ("WRONGTYPE Operation against a key holding the wrong kind of value", false),
            ("NOGROUP No such consumer group", false),
        ])
    func note(message: String, isRemembered: Bool) {
        var denials = Denials()
        let command = RedisCommand("XINFO", "STREAM", key: [0x73])
        denials.note(RedisErrorReply(message: message), to: command)
        let error = SampleError(RedisErrorReply(message: message), to: "XINFO STREAM")
        #expect(denials["XINFO STREAM"] == (isRemembered ? error : nil))
        #expect(denials["XINFO GROUPS"] == nil)
    }

    @Test("is asked again by each pass, and known until the server has answered otherwise")
    func passes() {
        var denials = Denials()
        let (stream, groups) = (RedisCommand("XINFO", "STREAM", "s"), RedisCommand("XINFO", "GROUPS", "s"))
        denials.note(
            RedisErrorReply(message: "NOPERM this user has no permissions to run the 'xinfo|stream' command"),
            to: stream)
        denials.beginPass()
        #expect(denials.inForce.isEmpty)
        #expect(denials.latest == ["XINFO STREAM": .noPermission(command: "XINFO STREAM")])
        denials.note(nil, to: groups)
        #expect(denials.latest.count == 1)
        denials.note(RedisErrorReply(message: "NOPERM No permissions to access a key"), to: stream)
        #expect(denials.latest.isEmpty, "the command may be run")
    }
}
