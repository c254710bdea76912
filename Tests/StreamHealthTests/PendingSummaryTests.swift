import StreamModel
import Testing

@testable import StreamHealth

@Suite("What the head of the pending entries shows")
struct PendingSummaryTests {
    private func summary(
        _ entries: Int64, _ rows: [PendingEntry]?, first: UInt64? = 1, isStreamEmpty: Bool = false
    ) -> PendingSummary {
        PendingSummary(
            entries: entries, rows: rows, firstEntryID: first.map { entryID($0) }, isStreamEmpty: isStreamEmpty,
            poisonDeliveries: 5)
    }

    @Test("is nothing where it could not be read")
    func unread() {
        #expect(summary(3, nil) == PendingSummary(entries: 3))
    }

    @Test("is that nothing is wrong where nothing is pending", arguments: [nil, []] as [[PendingEntry]?])
    func nonePending(rows: [PendingEntry]?) {
        var expected = PendingSummary(entries: 0)
        (expected.poison, expected.dangling, expected.nacked, expected.coverageRatio) = (0, 0, 0, 1)
        #expect(summary(0, rows) == expected)
    }

    @Test("is only that none was looked at where there are some and no row came")
    func noneLookedAt() {
        var expected = PendingSummary(entries: 3)
        expected.coverageRatio = 0
        #expect(summary(3, []) == expected)
    }

    @Test("is the worst of what was looked at")
    func worst() {
        let seen = summary(
            4, [.sample(5, idle: 200, deliveries: 4), .sample(6, idle: 1_500, deliveries: 1), .sample(7, idle: 3)])
        #expect(seen.maxIdleSeconds == 1.5)
        #expect(seen.maxDeliveries == 4)
        #expect(seen.poison == 0)
        #expect(seen.dangling == 0)
        #expect(seen.nacked == 0)
        #expect(seen.coverageRatio == 0.75)
        #expect(seen.oldestAgeSeconds == nil)
    }

    @Test("counts as poison what was delivered so often, and more often", arguments: [(4, 0), (5, 1), (6, 1)])
    func poison(deliveries: Int64, poison: Int64) {
        #expect(summary(1, [.sample(5, deliveries: deliveries)]).poison == poison)
    }

    @Test("keeps entries that were given back out of every maximum")
    func nacked() {
        let seen = summary(3, [.nacked(5), .sample(6, idle: 40, deliveries: 2), .nacked(7)])
        #expect(seen.maxIdleSeconds == 0.04)
        #expect(seen.maxDeliveries == 2)
        #expect(seen.poison == 0)
        #expect(seen.nacked == 2)
        #expect(seen.coverageRatio == 1)

        let onlyNacked = summary(1, [.nacked(5)])
        #expect(onlyNacked.maxIdleSeconds == nil)
        #expect(onlyNacked.maxDeliveries == nil)
        #expect(onlyNacked.nacked == 1)
    }

    @Test("counts as dangling what is pending before the first entry, as far as that is known")
    func dangling() {
        let rows: [PendingEntry] = [.sample(5), .nacked(6), .sample(7)]
        #expect(summary(3, rows, first: 7).dangling == 2)
        #expect(summary(3, rows, first: 5).dangling == 0)
        #expect(summary(3, rows, first: 8).dangling == 3)
        #expect(summary(3, rows, first: nil).dangling == nil)
        #expect(summary(3, rows, first: nil, isStreamEmpty: true).dangling == 3)
    }

    @Test("covers no more than everything, also where entries were acknowledged meanwhile")
    func coverage() {
        #expect(summary(1, [.sample(5), .sample(6)]).coverageRatio == 1)
    }
}
