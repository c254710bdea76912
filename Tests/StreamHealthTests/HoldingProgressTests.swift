import StreamModel
import Testing

@testable import StreamHealth

@Suite("What consumers get done of what they hold")
struct HoldingProgressTests {
    /// Polls every 5 seconds; `rows` are the pending entries, lowest first, as (ID, consumer).
    private struct Group {
        private(set) var progress = HoldingProgress()
        private(set) var second: Int64 = 0
        /// `fresh`: what was delivered or claimed since the last look.
        mutating func look(
            _ rows: [(UInt64, String)], fresh: Set<UInt64> = [], seen: [String] = [], delivered: UInt64 = 100
        ) {
            second += 5
            let pending = rows.map { PendingEntry.sample($0.0, $0.1, idle: fresh.contains($0.0) ? 10 : 3_600_000) }
            let names = Set(rows.map(\.1)).union(seen)
            let consumers = names.map { name in
                ConsumerObservation.sample(
                    name, pending: Int64(rows.count { $0.1 == name }),
                    idle: seen.contains(name) ? 10 : 3_600_000)
            }
            progress.ingest(
                consumers, held: HeldEntries.byConsumer(pending), delivered: entryID(delivered),
                at: Timestamp(milliseconds: second * 1_000))
        }

        /// Whether the last look has shown that the consumer got something done.
        func hasProgressed(_ name: String) -> Bool {
            progress[Name(name)]?.progressedAt?.milliseconds == second * 1_000
        }
    }

    private static let batch: [(UInt64, String)] = [(1, "c"), (2, "c"), (3, "c"), (4, "c")]

    @Test("nothing at the first look, or while nothing changes")
    func unchanged() {
        var group = Group()
        group.look(Self.batch)
        #expect(!group.hasProgressed("c"))
        group.look(Self.batch)
        #expect(!group.hasProgressed("c"))
        #expect(group.progress[Name("c")]?.since == Timestamp(milliseconds: 5_000))
        #expect(group.progress[Name("other")] == nil)
    }

    @Test("acknowledges from the head, or from the middle")
    func acknowledged() {
        var group = Group()
        group.look(Self.batch)
        group.look([(2, "c"), (3, "c"), (4, "c")])
        #expect(group.hasProgressed("c"))
        group.look([(2, "c"), (4, "c")])
        #expect(group.hasProgressed("c"))
        group.look([])
        #expect(group.progress[Name("c")] == nil)
    }

    @Test("acknowledges a long batch while others read and acknowledge newer entries")
    func amongOthers() {
        var group = Group()
        group.look(Self.batch + [(90, "x"), (91, "y")], seen: ["x", "y"], delivered: 100)
        group.look(
            [(2, "c"), (3, "c"), (4, "c"), (91, "y"), (101, "x"), (102, "x"), (103, "y"), (104, "y")],
            fresh: [101, 102, 103, 104], seen: ["x", "y"], delivered: 110)
        #expect(group.hasProgressed("c"))
    }

    @Test("two long batches side by side")
    func sideBySide() {
        var group = Group()
        group.look([(1, "c"), (2, "c"), (5, "d"), (6, "d"), (7, "d")])
        group.look([(2, "c"), (6, "d"), (7, "d")])
        #expect(group.hasProgressed("c"))
        #expect(group.hasProgressed("d"))
    }

    @Test("is not what another consumer claims: those entries are pending still")
    func claimed() {
        var group = Group()
        group.look(Self.batch)
        group.look([(1, "r"), (2, "r"), (3, "c"), (4, "c")], fresh: [1, 2], seen: ["r"])
        #expect(!group.hasProgressed("c"))
        group.look([(1, "r"), (2, "r"), (3, "r"), (4, "c")], fresh: [3], seen: ["r"])
        #expect(!group.hasProgressed("c"))
        // Nor what the other then acknowledges.
        group.look([(3, "r"), (4, "c")], seen: ["r"])
        #expect(!group.hasProgressed("c"))
        #expect(group.hasProgressed("r"))
    }

    @Test("is not what another claims and gets done, one by one")
    func rescued() {
        var group = Group()
        group.look(Self.batch)
        for taken in 1...3 as ClosedRange<UInt64> {
            let rows = [(taken, "r")] + Self.batch.dropFirst(Int(taken))
            group.look(rows, fresh: [taken], seen: ["r"])
            #expect(!group.hasProgressed("c"))
        }
    }

    @Test("two whose entries alternate, as they were handed out one by one")
    func alternating() {
        var group = Group()
        group.look([(1, "c"), (2, "d"), (3, "c"), (4, "d"), (5, "c"), (6, "d")])
        group.look([(3, "c"), (4, "d"), (5, "c"), (6, "d")])
        #expect(group.hasProgressed("c"))
        #expect(group.hasProgressed("d"))
        group.look([(4, "d"), (5, "c"), (6, "d")])
        #expect(group.hasProgressed("c"))
        #expect(!group.hasProgressed("d"))
    }

    @Test("is not what several others claim together, while they also read")
    func claimedBySeveral() {
        var group = Group()
        group.look(Self.batch + [(90, "r")], seen: ["r"])
        group.look(
            [(1, "r"), (2, "q"), (3, "r"), (4, "c"), (90, "r"), (101, "r"), (102, "q")], fresh: [1, 2, 3, 101, 102],
            seen: ["r", "q"], delivered: 110)
        #expect(!group.hasProgressed("c"))
    }

    @Test("is what it acknowledges beside what is claimed from it")
    func acknowledgedAndClaimed() {
        var group = Group()
        group.look(Self.batch)
        group.look([(1, "c"), (4, "r")], fresh: [4], seen: ["r"])
        #expect(group.hasProgressed("c"))
    }

    @Test("is not the coming and going of newer entries around one that is forgotten")
    func forgotten() {
        var group = Group()
        group.look([(1, "c"), (90, "c"), (91, "c")], seen: ["c"])
        group.look([(1, "c"), (101, "c")], seen: ["c"], delivered: 110)
        #expect(!group.hasProgressed("c"))
        group.look([(1, "c")], seen: ["c"], delivered: 110)
        #expect(!group.hasProgressed("c"))
    }

    @Test("is that the head moves, for one that fetches far ahead")
    func fetchingAhead() {
        var group = Group()
        group.look([(90, "c"), (91, "c")], seen: ["c"])
        group.look([(91, "c"), (101, "c"), (102, "c")], seen: ["c"], delivered: 110)
        #expect(group.hasProgressed("c"))
    }

    @Test("begins anew with one that held nothing in between")
    func anew() {
        var group = Group()
        group.look(Self.batch)
        group.look([], seen: ["c"])
        group.look([(101, "c")], seen: ["c"], delivered: 110)
        #expect(group.progress[Name("c")]?.since == Timestamp(milliseconds: 15_000))
        #expect(group.progress[Name("c")]?.progressedAt == nil)
    }

    @Test("where the rows are not known, only what nobody can have claimed")
    func withoutRows() {
        var progress = HoldingProgress()
        func look(_ second: Int64, _ pending: [(String, Int64)]) {
            progress.ingest(
                pending.map { ConsumerObservation.sample($0.0, pending: $0.1, idle: 3_600_000) }, held: [:],
                delivered: entryID(UInt64(second)), at: Timestamp(milliseconds: second * 1_000))
        }
        func progressed(_ name: String) -> Timestamp? { progress[Name(name)]?.progressedAt }
        look(5, [("c", 10), ("r", 1)])
        look(10, [("c", 7), ("r", 4)])
        #expect(progressed("c") == nil)
        look(15, [("c", 3), ("r", 5)])
        #expect(progressed("c") == Timestamp(milliseconds: 15_000))
    }
}
