import Exposition
import Remediation
import StreamModel
import Testing

@testable import WeirDaemon

@Suite("The board of actions")
struct ActionBoardTests {
    private let board = ActionBoard()

    @Test("gives each record an ID of its own, in order, also where the clock goes back")
    func ids() {
        var ids = ActionIDs(run: 35)
        let times: [Int64] = [1_000, 1_000, 1_001, 999, 1_001, 1_002]
        #expect(
            times.map { ids.next(at: Timestamp(milliseconds: $0)) } == [
                "1000-0-00000z", "1000-1-00000z", "1001-0-00000z", "1001-1-00000z", "1001-2-00000z", "1002-0-00000z",
            ])
        for run in [UInt32.min, .max, 2_176_782_335, 2_176_782_336] {
            var ids = ActionIDs(run: run)
            #expect(ids.next(at: Timestamp(milliseconds: -1)).wholeMatch(of: /-1-0-[0-9a-z]{6}/) != nil)
        }
        let given = board.record([.sample(), .sample()]).map(\.id)
        #expect(Set(given).count == 2 && given == given.sorted())
        #expect(Set(given + ActionBoard().record([.sample()]).map(\.id)).count == 3)
    }

    @Test("keeps the newest records, the newest first")
    func bounded() {
        let given = (0..<60).flatMap { _ in board.record(Array(repeating: .sample(entries: 1), count: 10)) }
        let rows = board.read().rows
        #expect(rows.map(\.record.id) == given.suffix(ActionBoard.keptActions).reversed().map(\.id))
        #expect(rows == board.rows)
        #expect(rows.allSatisfy { $0.count == 1 && $0.record.entries.count == 1 })
    }

    @Test("keeps what so many records list, of the oldest their counts alone")
    func boundedEntries() {
        for _ in 0..<101 { _ = board.record([.sample(entries: 100)]) }
        #expect(board.rows.map(\.record.entries.count) == Array(repeating: 100, count: 100) + [0])
        var record = ActionRecord.sample(entries: 2)
        record.left = [LeftEntry(id: .zero, reason: .bodyGone)]
        record.purged = Array(repeating: .zero, count: 250)
        #expect(board.record([record])[0].purged.count == 250)
        #expect(board.rows[0].record.purged.count == 250)
        #expect(board.rows.filter { $0.record.entries.isEmpty }.count == 4)
        // What has no room by itself keeps its count too.
        #expect(board.record([.sample(entries: 10_001)])[0].entries.count == 10_001)
        #expect(board.rows[0].count == 10_001)
        #expect(board.rows.allSatisfy { $0.listed == 0 })
        _ = board.record([.sample(entries: 10_000)])
        #expect(board.rows[0].listed == 10_000)
    }

    @Test("counts by action and result, from 0 on for what a policy may do")
    func figures() {
        #expect(board.figures == RemediationFigures())
        board.put(
            .sample(
                mode: .dryRun, .sample("a", .requeue(to: nil)), .sample("b", mode: .off, .forgetConsumer),
                .sample("c", mode: .act, .requeue(to: Name("r")))))
        func count(_ action: String, _ result: String, _ actions: UInt64, _ entries: UInt64) -> RemediationFigures.Count
        {
            RemediationFigures.Count(action: action, result: result, actions: actions, entries: entries)
        }
        #expect(
            board.figures.counts == ["dry_run", "failed", "moved", "refused"].map { count("requeue", $0, 0, 0) })
        var forgotten = ActionRecord.sample(action: .forgetConsumer)
        forgotten.forgotten = [Name("c"), Name("d")]
        var refused = ActionRecord.sample(result: .refused)
        refused.left = [LeftEntry(id: .zero, reason: .tooManyFields(4_000))]
        _ = board.record([.sample(isDryRun: true, result: .dryRun, entries: 3), forgotten, refused, refused])
        #expect(
            board.figures.counts == [
                count("forget_consumer", "moved", 1, 2), count("requeue", "dry_run", 1, 3),
                count("requeue", "failed", 0, 0), count("requeue", "moved", 0, 0), count("requeue", "refused", 2, 2),
            ])
        #expect(!board.figures.isPaused)
        board.put(.paused(reason: "", since: nil))
        #expect(board.figures.isPaused)
        // What was counted stays, whatever a reload brings.
        board.put(.sample(mode: .off))
        #expect(board.figures.counts.count == 5)
    }

    @Test("has what waits of every target, in order")
    func waiting() {
        func wait(_ target: String, _ policy: String) -> RemediationWait {
            RemediationWait(
                target: target, key: CaseKey(policy: policy, stream: Name("s"), group: Name("g")), action: .claim,
                reason: .windows, since: Timestamp(milliseconds: 0), until: Timestamp(milliseconds: 1))
        }
        board.put(
            .sample(
                mode: .act, .sample("x", .requeue(to: nil)), .sample("y", .requeue(to: nil)),
                .sample("z", .requeue(to: nil))))
        board.put(waiting: [wait("b", "z"), wait("b", "y")], of: "b")
        board.put(waiting: [wait("a", "x")], of: "a")
        #expect(board.read().waiting.map(\.key.policy) == ["x", "y", "z"])
        board.put(waiting: [], of: "b")
        #expect(board.read().waiting == [wait("a", "x")])
        // Nobody has told of the target since.
        board.put(.sample(mode: .act, .sample("y", .requeue(to: nil))))
        #expect(board.read().waiting.isEmpty)
    }
}
