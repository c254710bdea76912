import Remediation
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("The audit")
struct ActionJournalTests {
    private let log = RecordedLog()

    private func lines(_ record: ActionRecord) -> [String] {
        ActionJournal(logger: log.logger).report([record])
        return log.lines
    }

    @Test(
        "has a line for each record, a warning where nothing was done",
        arguments: [
            (.moved, false, "info", "act"), (.dryRun, true, "info", "dry-run"), (.refused, false, "warning", "act"),
            (.refused, true, "warning", "dry-run"), (.failed, false, "warning", "act"),
        ] as [(ActionRecord.Result, Bool, String, String)])
    func levels(result: ActionRecord.Result, isDryRun: Bool, level: String, mode: String) {
        var record = ActionRecord.sample(isDryRun: isDryRun, result: result, text: "It is so.")
        record.id = "1-0-a"
        #expect(
            lines(record) == [
                "\(level): requeue: It is so. action=requeue action_id=1-0-a entries=0 group=g mode=\(mode) policy=rescue "
                    + "result=\(result.rawValue) stream=s target=demo"
            ])
    }

    @Test("names what was moved, left, deleted and lost, and why")
    func lists() {
        var record = ActionRecord.sample(
            result: .failed, reason: "connection", destination: Name("r s"), entries: 2)
        record.left = [LeftEntry(id: .zero, reason: .bodyGone)]
        record.forgotten = [Name("a b"), Name("c")]
        record.purged = [StreamID(milliseconds: 9, sequence: 9)]
        record.causes = [
            ActionRecord.Cause(alertname: "A", fingerprint: "aa"),
            ActionRecord.Cause(alertname: "B", fingerprint: "bb"),
        ]
        let line = lines(record).first ?? ""
        for field in [
            " alerts=aa bb ", " consumers=\"a b\" c ", " entries=1 ", " ids=1-0 1-1 ", " left=0-0 ", " purged=9-9 ",
            " reason=connection ", " to=r s",
        ] {
            #expect(line.contains(field), "\(field)")
        }
    }

    @Test("names at most 100 of each, and counts all")
    func bounded() {
        let line = lines(.sample(entries: 101)).first ?? ""
        #expect(line.contains(" entries=101 ") && line.contains(" 1-99 ") && !line.contains("1-100"))
    }

    @Test("says that remediation is paused, why, and that it no longer is")
    func pause() {
        let journal = ActionJournal(logger: log.logger)
        journal.report(pause: .paused(reason: "a deployment", since: nil))
        journal.report(pause: .paused(reason: "", since: Timestamp(milliseconds: 0)))
        journal.report(pause: .running)
        #expect(
            log.lines == [
                "warning: remediation is paused: a deployment", "warning: remediation is paused",
                "info: remediation is no longer paused",
            ])
    }
}
