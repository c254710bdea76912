import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("Figures of the sweep over pending entries")
struct PendingSweepFiguresTests {
    static let start = Timestamp(milliseconds: 1_700_000_000_000)

    static func row(
        _ id: UInt64, _ consumer: String? = "c", idle: Int64 = 0, deliveries: Int64 = 1
    ) -> PendingEntry {
        PendingEntry(
            id: StreamID(milliseconds: id, sequence: 0), consumer: consumer.map { Name($0) }, idleMilliseconds: idle,
            deliveries: deliveries)
    }

    static func page(_ rows: [PendingEntry], starts: Bool = false, ends: Bool = false) -> PendingPage {
        PendingPage(rows: rows, startsSweep: starts, endsSweep: ends)
    }

    /// A group's state, and what it shows after each of the polls.
    struct Machine {
        var swept = SweptPending()
        var length: Int64 = 1_000
        var firstEntry: UInt64? = 1
        var consumers = ["c", "d"]

        @discardableResult
        mutating func ingest(
            _ page: PendingPage?, pending: Int64 = 100, after seconds: Int64 = 0, error: SampleError? = nil
        ) -> PendingSummary {
            var group = GroupObservation(
                name: Name("g"), consumerCount: 2, pending: pending, lastDeliveredID: .zero, entriesRead: nil,
                reportedLag: nil)
            group.pendingPage = page
            group.error = error
            group.consumers = consumers.map {
                ConsumerObservation(name: Name($0), pending: 1, idleMilliseconds: 0, inactiveMilliseconds: nil)
            }
            let first = firstEntry.map { StreamID(milliseconds: $0, sequence: 0) }
            let counters = StreamCounters(
                radixTreeKeys: 1, radixTreeNodes: 1, groups: 1, lastGeneratedID: .zero, firstEntryID: first,
                lastEntryID: nil, maxDeletedEntryID: nil, entriesAdded: nil)
            let stream = StreamObservation(
                length: length, counters: counters, countersAreCurrent: true, groups: [group])
            let now = start.advanced(byMilliseconds: seconds * 1_000)
            swept.ingest(group, in: stream, at: now, poisonDeliveries: 5)
            return PendingSummary(entries: pending, swept, at: now)
        }
    }

    @Test("says nothing before the first page, and that nothing is covered")
    func nothingSeen() {
        var machine = Machine()
        var expected = PendingSummary(entries: 100)
        expected.coverageRatio = 0
        #expect(machine.ingest(nil) == expected)
    }

    @Test("are zero where nothing is pending, whatever was seen before")
    func emptied() {
        var machine = Machine()
        machine.ingest(Self.page([Self.row(1, idle: 9_000, deliveries: 9)], starts: true, ends: true), pending: 1)
        var expected = PendingSummary(entries: 0)
        (expected.poison, expected.dangling, expected.nacked, expected.coverageRatio) = (0, 0, 0, 1)
        #expect(machine.ingest(nil, pending: 0) == expected)
        #expect(machine.swept == SweptPending())
    }

    @Test("are those of a whole list in one page")
    func wholeList() {
        var machine = Machine()
        machine.firstEntry = 2
        let rows = [
            Self.row(1, idle: 4_000, deliveries: 5), Self.row(2, "d", idle: 9_000), Self.row(3, nil, deliveries: .max),
        ]
        var expected = PendingSummary(entries: 3)
        (expected.maxIdleSeconds, expected.oldestAgeSeconds, expected.maxDeliveries) = (9, 9, 5)
        (expected.poison, expected.dangling, expected.nacked, expected.coverageRatio) = (1, 1, 1, 1)
        #expect(machine.ingest(Self.page(rows, starts: true, ends: true), pending: 3) == expected)
        #expect(machine.swept.holding(of: Name("c")) == HeldEntries(lowest: Self.row(1, idle: 4_000)))
        #expect(machine.swept.holding(of: Name("d")) == HeldEntries(lowest: Self.row(2, "d", idle: 9_000)))
        #expect(machine.swept.holding(of: Name("e")) == nil)
    }

    @Test("have no maxima where all was given back with XNACK")
    func nackedOnly() {
        var machine = Machine()
        let summary = machine.ingest(
            Self.page([Self.row(1, nil, deliveries: .max)], starts: true, ends: true), pending: 1)
        #expect(summary.maxIdleSeconds == nil)
        #expect(summary.maxDeliveries == nil)
        #expect(summary.poison == 0)
        #expect(summary.nacked == 1)
    }

    @Test("are the worse of the last full sweep and the present one, then the present one's alone")
    func worseOfBoth() {
        var machine = Machine()
        machine.ingest(Self.page([Self.row(1, idle: 60_000, deliveries: 7)], starts: true, ends: true), pending: 1)
        let underWay = machine.ingest(Self.page([Self.row(2, idle: 90_000, deliveries: 2)], starts: true), pending: 2)
        #expect(underWay.maxIdleSeconds == 90)
        #expect(underWay.maxDeliveries == 7)
        #expect(underWay.poison == 1)
        let ended = machine.ingest(Self.page([Self.row(3, idle: 5_000)], ends: true), pending: 2)
        #expect(ended.maxIdleSeconds == 90)
        #expect(ended.maxDeliveries == 2)
        #expect(ended.poison == 0)
        #expect(
            machine.swept.holding(of: Name("c"))
                == HeldEntries(
                    longestIdleMilliseconds: 90_000, lowest: .init(id: Self.row(2).id, idleMilliseconds: 90_000)))
    }

    @Test("forget a sweep that was given up, and take none whose beginning was not seen")
    func givenUp() {
        var machine = Machine()
        machine.ingest(Self.page([Self.row(1, idle: 60_000)], starts: true))
        #expect(machine.ingest(Self.page([Self.row(2, idle: 5_000)], starts: true)).maxIdleSeconds == 5)
        machine = Machine()
        #expect(machine.ingest(Self.page([Self.row(9, idle: 60_000)], ends: true)).coverageRatio == 0)
        #expect(machine.swept.figures == nil)
    }

    @Test("are gone once the rows are refused")
    func refused() {
        var machine = Machine()
        machine.ingest(Self.page([Self.row(1, idle: 60_000)], starts: true, ends: true))
        machine.ingest(nil, error: .noPermission(command: "XPENDING"))
        #expect(machine.swept == SweptPending())
    }

    @Test("say how much of the list they rest on")
    func coverage() {
        var machine = Machine()
        func rows(_ ids: Range<UInt64>) -> [PendingEntry] { ids.map { Self.row($0) } }
        #expect(machine.ingest(Self.page(rows(0..<25), starts: true)).coverageRatio == 0.25)
        #expect(machine.ingest(nil).coverageRatio == 0.25)
        #expect(machine.ingest(Self.page(rows(25..<50))).coverageRatio == 0.5)
        #expect(machine.ingest(Self.page(rows(50..<90), ends: true)).coverageRatio == 1)
        #expect(machine.ingest(Self.page(rows(0..<10), starts: true), pending: 90).coverageRatio == 1)
        // The list has grown a lot: what was all of it is a part.
        #expect(machine.ingest(nil, pending: 900).coverageRatio == 0.1)
        #expect(machine.ingest(Self.page(rows(10..<450)), pending: 900).coverageRatio == 0.5)
    }

    @Test("count as dangling what lies before the first entry, and all where the stream is empty")
    func dangling() {
        let page = Self.page([Self.row(1), Self.row(2), Self.row(3)], starts: true, ends: true)
        var machine = Machine()
        machine.firstEntry = 3
        #expect(machine.ingest(page, pending: 3).dangling == 2)
        machine.length = 0
        #expect(machine.ingest(page, pending: 3).dangling == 3)
        (machine.length, machine.firstEntry) = (5, nil)
        #expect(machine.ingest(page, pending: 3).dangling == nil)
    }

    @Test("count no more than is pending now")
    func clamped() {
        var machine = Machine()
        machine.firstEntry = 9
        let rows = (1...6).map { Self.row($0, $0 > 3 ? nil : "c", deliveries: 9) }
        machine.ingest(Self.page(rows, starts: true, ends: true), pending: 6)
        let summary = machine.ingest(nil, pending: 2)
        #expect(summary.poison == 2)
        #expect(summary.nacked == 2)
        #expect(summary.dangling == 2)
    }

    @Test("forget a consumer that is gone, or holds nothing")
    func goneConsumer() {
        var machine = Machine()
        machine.ingest(
            Self.page([Self.row(1, "c", idle: 1_000), Self.row(2, "d", idle: 2_000)], starts: true, ends: true))
        machine.consumers = ["c"]
        machine.ingest(nil)
        #expect(machine.swept.holding(of: Name("d")) == nil)
        #expect(machine.swept.holding(of: Name("c"))?.longestIdleMilliseconds == 1_000)
    }

    @Test("of a sweep in any number of pages are those of one page", arguments: UInt64(1)...50)
    func cutAnywhere(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let rows = (1...UInt64.random(in: 1...200, using: &generator)).map { id in
            Self.row(
                id, ["c", "d", nil].randomElement(using: &generator) ?? nil,
                idle: .random(in: 0...9_000, using: &generator), deliveries: .random(in: 1...9, using: &generator))
        }
        var whole = Machine()
        let expected = whole.ingest(Self.page(rows, starts: true, ends: true), pending: Int64(rows.count))
        var cut = Machine()
        var rest = rows[...]
        var summary: PendingSummary?
        repeat {
            // The clocks see the beginning of the first page.
            let atLeast = rest.count == rows.count ? 16 : 1
            let part = rest.prefix(Int.random(in: atLeast...60, using: &generator))
            let starts = rest.count == rows.count
            rest = rest.dropFirst(part.count)
            summary = cut.ingest(
                Self.page(Array(part), starts: starts, ends: rest.isEmpty), pending: Int64(rows.count))
        } while !rest.isEmpty
        #expect(summary == expected)
        #expect(cut.swept == whole.swept)
    }
}
