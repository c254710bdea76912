import StreamModel
import Testing

@testable import Remediation

@Suite("What remediation may do")
struct RemediationSettingsTests {
    private func policy(_ mode: RemediationMode?) -> RemediationPolicy {
        RemediationPolicy(
            name: "rescue", mode: mode, stream: Glob("orders*"), group: Glob("*"), action: .requeue(to: nil),
            minIdleMilliseconds: 1_000)
    }

    @Test(
        "goes as far as both the policy and the ceiling say",
        arguments: [
            (RemediationMode.off, RemediationMode.act, RemediationMode.off), (.dryRun, .act, .dryRun),
            (.act, .dryRun, .dryRun), (.act, .off, .off), (.act, nil, .act), (.dryRun, nil, .dryRun), (.off, nil, .off),
        ] as [(RemediationMode, RemediationMode?, RemediationMode)])
    func ceiling(_ ceiling: RemediationMode, _ own: RemediationMode?, _ expected: RemediationMode) {
        var settings = RemediationSettings()
        settings.mode = ceiling
        #expect(settings.mode(of: policy(own)) == expected)
    }

    @Test("covers streams by key or by the logical stream, and never what it moves entries to")
    func coverage() {
        var policy = policy(nil)
        policy.action = .deadLetter(to: Name("orders:dead"), afterDeliveries: 5)
        #expect(policy.covers(stream: Name("orders"), group: Name("g")))
        #expect(policy.covers(stream: Name("shard:1"), shownAs: Name("orders"), group: Name("g")))
        #expect(!policy.covers(stream: Name("billing"), group: Name("g")))
        #expect(!policy.covers(stream: Name("orders:dead"), group: Name("g")))
    }

    @Test("counts actions and entries, and shows those expected at 0")
    func tally() {
        var tally = ActionTally()
        tally.expect([.requeue])
        #expect(tally.counts.count == 4)
        #expect(tally.counts.values.allSatisfy { $0 == ActionTally.Count() })
        var record = ActionRecord(
            time: Timestamp(milliseconds: 0), policy: "rescue", action: .requeue, isDryRun: false, result: .moved,
            text: "", target: "t", stream: Name("orders"), group: Name("g"))
        record.entries = [MovedEntry(id: .zero), MovedEntry(id: .zero)]
        tally.count(record)
        #expect(tally.counts[.init(action: .requeue, result: .moved)] == .init(actions: 1, entries: 2))
    }
}
