import StreamModel
import Testing

@testable import StreamHealth

/// Losses by conservation: what is proven, and its nearest neighbours that are not.
@Suite("Losses")
struct LossLedgerTests {
    /// Ten entries 1 to 10 were added, of which those from `first` on are left; the group was given those up to `delivered`.
    private func position(
        first: UInt64?, delivered: UInt64, added: Int64? = 10, generated: UInt64 = 10, deleted: UInt64? = 0,
        read: Int64? = nil
    ) -> Position {
        let length = first.map { Int64(generated - $0 + 1) } ?? 0
        return .sample(
            .sample(delivered: delivered, read: read),
            in: .sample(
                length: length, first: first, last: first.map { _ in generated }, generated: generated,
                deleted: deleted,
                added: added))
    }

    private func lost(
        _ before: Position, _ lagBefore: Int64?, _ after: Position, _ lag: Int64?, readsAreCounted: Bool = false
    ) -> Int64 {
        LossLedger.lost(from: before, lag: lagBefore, to: after, lag: lag, readsAreCounted: readsAreCounted)
    }

    @Test("are what was undelivered and is gone")
    func trimmed() {
        #expect(lost(position(first: 1, delivered: 3), 7, position(first: 6, delivered: 3), 5) == 2)
    }

    @Test("are none where only delivered entries went")
    func trimmedBehind() {
        #expect(lost(position(first: 1, delivered: 3), 7, position(first: 4, delivered: 3), 7) == 0)
    }

    @Test("take in what was added meanwhile and went at once")
    func added() {
        let after = position(first: 14, delivered: 3, added: 15, generated: 15)
        #expect(lost(position(first: 1, delivered: 3), 7, after, 2) == 10)
    }

    @Test("are not told where a lag is not exact")
    func inexact() {
        #expect(lost(position(first: 1, delivered: 3), nil, position(first: 6, delivered: 3), 5) == 0)
        #expect(lost(position(first: 1, delivered: 3), 7, position(first: 6, delivered: 3), nil) == 0)
    }

    @Test("are not told where something was deleted singly")
    func deleted() {
        #expect(lost(position(first: 1, delivered: 3), 7, position(first: 6, delivered: 3, deleted: 5), 5) == 0)
    }

    @Test("leave out what could have been deleted without a trace")
    func deletable() {
        var before = position(first: 1, delivered: 3, deleted: 5)
        before.deletable = 1
        #expect(lost(before, 6, position(first: 9, delivered: 3, deleted: 5), 2) == 3)
        before.deletable = nil
        #expect(lost(before, 6, position(first: 9, delivered: 3, deleted: 5), 2) == 0)
    }

    @Test("are none where the group passed only what was still there")
    func read() {
        #expect(lost(position(first: 1, delivered: 3), 7, position(first: 2, delivered: 8), 2) == 0)
    }

    @Test("are what the group passed and did not read, where reads are counted")
    func readAndTrimmed() {
        let before = position(first: 1, delivered: 3, read: 3)
        let after = position(first: 7, delivered: 8, read: 5)
        #expect(lost(before, 7, after, 2, readsAreCounted: true) == 3)
        #expect(lost(before, 7, after, 2) == 0)
    }

    @Test("before Redis 7.0 are told only where the first entry moved beyond the last delivered")
    func withoutCounters() {
        let before = position(first: 1, delivered: 3, added: nil, deleted: nil)
        #expect(lost(before, 7, position(first: 6, delivered: 3, added: nil, deleted: nil), 5) == 2)
        #expect(lost(before, 7, position(first: 1, delivered: 3, added: nil, deleted: nil), 5) == 0)
    }

    @Test("before Redis 7.0 are not told where something was added meanwhile")
    func withoutCountersAdded() {
        let before = position(first: 1, delivered: 3, added: nil, deleted: nil)
        let after = position(first: 6, delivered: 3, added: nil, generated: 12, deleted: nil)
        #expect(lost(before, 7, after, 7) == 0)
    }
}
