import Inspection
import RedisClient
import Remediation
import Settings
import StreamModel
import Testing

@testable import WeirDaemon

@Suite("What diagnose tries")
struct CommandTrialTests {
    @Test("is every command of sampling", arguments: AccessRight.reading.flatMap(\.commands))
    func reading(right: String) {
        let subject = TrialSubject(database: 0, stream: Name("s"), group: Name("g"))
        #expect(CommandTrial.command(for: right, on: subject) != nil)
    }

    @Test("is every command of remediation, without running it", arguments: RemediationAction.Kind.allCases)
    func writing(kind: RemediationAction.Kind) {
        for right in AccessRight.commands(for: kind, in: .act) {
            #expect(CommandTrial.dryRun(of: right, as: "weir", on: Array("s".utf8)) != nil, "\(right)")
        }
        for right in AccessRight.commands(for: kind, in: .dryRun) {
            #expect(CommandTrial.command(for: right, on: TrialSubject(database: 0)) != nil, "\(right)")
        }
    }

    @Test("is said in a line, with what is lost without it")
    func lines() {
        let denied = CommandTrial("xinfo|groups", .denied("NOPERM no")).line(otherwise: "nothing")
        #expect(denied == DiagnosisLine(.warn, "XINFO GROUPS is denied (NOPERM no). Without: nothing"))
        let allowed = CommandTrial("xlen", .allowed(elapsed: .microseconds(210), bytes: 3_100)).line(otherwise: "")
        #expect(allowed == DiagnosisLine(.ok, "XLEN  0.21 ms  3.1 kB"))
    }

    @Test(
        "says without which command weir cannot do what, in words that need no others", arguments: AccessRight.reading)
    func otherwise(right: AccessRight) {
        #expect(right.otherwise.hasPrefix("weir"))
        for word in ["that is not known", "these", "those lags", "such names"] {
            #expect(!right.otherwise.contains(word))
        }
    }

    @Test("lacks the patterns of those keys alone that were denied, and those of streams that only a policy names")
    func lackingKeys() throws {
        let flags = SettingsFlags(redis: ["redis://h"], stream: ["orders", "billing:*", "b*"])
        let settings = try Settings.load(flags: flags, environment: [:])
        let target = try #require(settings.targets.first)
        func grant(_ commands: [String], _ keys: Name...) -> String? {
            AccessList.grant(commands, on: Set(keys), of: target, settings.remediation, to: "weir")
        }
        #expect(grant([]) == nil)
        #expect(grant(["xlen"]) == "ACL SETUSER weir +xlen")
        #expect(grant([], Name("orders")) == "ACL SETUSER weir ~orders")
        #expect(grant(["xlen"], Name("billing:1")) == "ACL SETUSER weir ~billing:* ~b* +xlen")
        #expect(grant([], Name("other"), Name("orders")) == "ACL SETUSER weir ~orders ~other")
    }

    @Test("says what ACL DRYRUN answers, for which a denial is no error")
    func dryRun() {
        func outcome(_ reply: RedisReply) -> CommandTrial.Outcome {
            let exchange = RedisExchange(replies: [reply], elapsed: .zero, bytesSent: 0, bytesReceived: 5)
            return CommandTrial("xadd", dryRun: exchange).outcome
        }
        #expect(outcome(.status("OK")) == .allowed(elapsed: .zero, bytes: 5))
        let command = "User weir has no permissions to run the 'xadd' command"
        #expect(outcome(.string(Array(command.utf8))) == .denied(command))
        let key = "User weir has no permissions to access the 'dead' key"
        #expect(outcome(.string(Array(key.utf8))) == .deniedKey(key))
        guard case .notTried = outcome(.error(RedisErrorReply(message: "NOPERM"))) else {
            Issue.record("an error is no answer")
            return
        }
    }
}
