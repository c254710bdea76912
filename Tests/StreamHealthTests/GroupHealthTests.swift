import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// Looks every 5 s, a window of a minute, stale after 5 minutes, abandoned after a day.
@Suite("The health of a group over time")
struct GroupHealthTests {
    private static let alarming: Set<GroupStatus> = [.lagging, .stalled, .stopped, .losing]

    private func reader(idle: Int64 = 0, inactive: Int64? = 0, held: [UInt64: Int64] = [:]) -> WatchedGroup.Consumer {
        WatchedGroup.Consumer(idle: idle, inactive: inactive, held: held)
    }

    @Test("is unknown for a window, then well; a reader blocked on a quiet stream is idle, for as long as it blocks")
    func quiet() {
        var group = WatchedGroup()
        group.consumers = ["c": reader()]
        #expect(group.look(seconds: 60) == [.unknown])
        #expect(group.look(seconds: 3_600) == [.ok])
        #expect(group.status("c") == .idle)
    }

    @Test("The first entry after a long quiet, which the blocked reader is about to get, is no standstill")
    func firstEntryAfterQuiet() {
        var group = WatchedGroup()
        group.consumers = ["c": reader()]
        group.look(seconds: 3_600)
        (group.waiting, group.generated) = (1, 101)
        #expect(group.look(seconds: 55) == [.ok])
        (group.waiting, group.delivered) = (0, 101)
        #expect(group.look(seconds: 5) == [.ok])
    }

    @Test("stops: entries wait and nobody comes; the reader that has gone holds nothing, and is no alarm")
    func stopped() {
        var group = WatchedGroup()
        group.consumers = ["c": reader()]
        group.look(seconds: 120)
        group.waiting = 9
        #expect(group.look(seconds: 60) == [.ok])
        #expect(group.look(seconds: 115) == [.stalled])
        #expect(group.look(seconds: 120) == [.stopped])
        #expect(group.status("c") == .idle)
        #expect(group.look(seconds: 86_400) == [.stopped, .abandoned])
        #expect(group.status("c") == .abandoned)
    }

    @Test("stops without a consumer, and is abandoned a day after weir first saw it so")
    func withoutConsumers() {
        var group = WatchedGroup()
        group.waiting = 9
        #expect(group.look(seconds: 60) == [.unknown])
        #expect(group.look(seconds: 86_400 - 60) == [.stopped])
        #expect(group.look(seconds: 5) == [.abandoned])
    }

    @Test("is read by consumers that are gone before any look: neither stopped nor abandoned")
    func shortLived() {
        var group = WatchedGroup()
        let statuses = group.look(seconds: 2 * 86_400) { group in
            group.delivered += 1
            group.generated = group.delivered
        }
        #expect(statuses == [.unknown, .ok])
    }

    @Test("A crashed holder turns stale once its entries are overdue, and not a moment before")
    func crash() {
        var group = WatchedGroup()
        group.consumers = ["c": reader(), "d": reader()]
        group.look(seconds: 120) { $0.consumers?["d"] = self.reader() }
        group.consumers?["c"] = reader(held: [90: 0, 91: 0])
        group.look(seconds: 300) { $0.consumers?["d"] = self.reader() }
        #expect(group.status("c") == .active)
        group.look(seconds: 5) { $0.consumers?["d"] = self.reader() }
        #expect(group.status("c") == .stale)
        #expect(group.status("d") == .active)
        #expect(group.health.status == .ok)
        // A healthy peer claims some of it: that makes the other no less dead.
        group.consumers?["c"]?.held[90] = nil
        group.consumers?["d"] = reader(held: [90: 0])
        group.look(seconds: 5)
        #expect(group.status("c") == .stale)
        #expect(group.status("d") == .active)
        group.consumers?["c"]?.held = [:]
        group.consumers?["d"] = reader(held: [90: 0, 91: 0])
        group.look(seconds: 5)
        #expect(group.status("c") == .idle)
    }

    @Test("A long batch that is acknowledged one by one keeps its reader busy, and the group at work")
    func longBatch() {
        var group = WatchedGroup()
        group.consumers = ["c": reader(held: Dictionary(uniqueKeysWithValues: (1...100).map { ($0, 0) }))]
        var next: UInt64 = 1
        var statuses: Set<ConsumerStatus?> = []
        let groups = group.look(seconds: 3_000) { group in
            guard group.second.isMultiple(of: 30) else { return }
            group.consumers?["c"]?.held[next] = nil
            next += 1
            statuses.insert(group.status("c"))
        }
        #expect(groups == [.unknown, .ok])
        #expect(statuses.isSubset(of: [nil, .active, .busy]))
        #expect(group.status("c") == .idle)
    }

    @Test("A reader that has forgotten an entry is stuck, however busily it reads others")
    func stuck() {
        var group = WatchedGroup()
        group.consumers = ["c": reader(held: [1: 0])]
        func work(_ group: inout WatchedGroup) {
            group.delivered += 7
            group.generated = group.delivered
            let forgotten = group.consumers?["c"]?.held[1] ?? 0
            let fresh = (0..<group.second / 5 % 3).map { (group.delivered - UInt64($0), Int64(0)) }
            group.consumers?["c"] = self.reader(
                held: Dictionary(uniqueKeysWithValues: fresh).merging([1: forgotten]) { $1 })
        }
        group.look(seconds: 305, work)
        #expect(group.status("c") == .stuck)
        group.look(seconds: 3_600, work)
        #expect(group.status("c") == .stuck)
        // It reads its history again at last, which resets the entry's idle time.
        group.consumers?["c"]?.held[1] = 0
        group.look(seconds: 5)
        #expect(group.status("c") == .active)
    }

    @Test("lags while what waits does not become less, and is well while it does")
    func lagging() {
        var group = WatchedGroup()
        group.consumers = ["c": reader()]
        group.look(seconds: 60)
        func work(_ step: Int64) -> (inout WatchedGroup) -> Void {
            { group in
                group.consumers?["c"] = self.reader()
                group.delivered += 10
                group.waiting = max(1, (group.waiting ?? 0) + step)
                group.generated = group.delivered + 1_000
            }
        }
        #expect(group.look(seconds: 60, work(100)).isDisjoint(with: Self.alarming))
        group.look(seconds: 10, work(100))
        #expect(group.look(seconds: 600, work(100)) == [.lagging])
        #expect(group.look(seconds: 300, work(0)) == [.lagging])
        group.look(seconds: 60, work(-100))
        #expect(group.look(seconds: 300, work(-10)) == [.ok])
    }

    @Test("Entries that are on their way at every look are no backlog")
    func onTheirWay() {
        var random = SplitMix64(seed: 5)
        var group = WatchedGroup()
        let statuses = group.look(seconds: 1_200) { group in
            group.consumers = ["c": self.reader()]
            group.delivered = (group.generated ?? 0) + 50
            group.waiting = .random(in: 1...500, using: &random)
            group.generated = group.delivered + 500
        }
        #expect(statuses == [.unknown, .ok])
    }

    @Test("loses for a window after each loss")
    func losing() {
        var group = WatchedGroup()
        group.consumers = ["c": reader()]
        group.look(seconds: 60)
        group.lost = 4
        #expect(group.look(seconds: 60) == [.losing])
        group.look(seconds: 5)
        #expect(group.look(seconds: 60) == [.ok])
    }

    @Test("is unknown while its consumers cannot be read")
    func unreadable() {
        var group = WatchedGroup()
        group.consumers = ["c": reader(idle: 400_000, held: [1: 400_000])]
        group.look(seconds: 65)
        #expect(group.status("c") == .stale)
        let consumers = group.consumers
        group.consumers = nil
        #expect(group.look(seconds: 5) == [.unknown])
        #expect(group.statuses.isEmpty)
        group.consumers = consumers
        #expect(group.look(seconds: 5) == [.ok])
    }

    struct Gap: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var isTold = true
        var happen: @Sendable (inout WatchedGroup) -> Void
    }

    private static let gaps = [
        Gap(testDescription: "a restart") { group in
            group.server.runID = "b2"
            group.age(milliseconds: 600_000)
        },
        Gap(testDescription: "a failover") { $0.server.role = "slave" },
        Gap(testDescription: "the clock is set forward") { group in
            group.clockOffset = 7_200_000
            group.age(milliseconds: 7_200_000)
        },
        Gap(testDescription: "LOADING for longer than a window") { group in
            for _ in 0..<30 {
                group.pass(seconds: 5)
                group.fail()
            }
        },
    ]

    @Test("Nothing fires from a gap: windows start anew after it", arguments: gaps)
    func discontinuity(_ gap: Gap) {
        var group = WatchedGroup()
        group.consumers = ["worker": reader(held: [90: 0]), "blocked": reader()]
        group.look(seconds: 120) { $0.consumers?["worker"] = self.reader(held: [90: 0]) }
        gap.happen(&group)
        group.waiting = 50
        #expect(group.look(seconds: 60) == [.unknown])
        #expect(group.status("worker") != .stale)
        // They come back within the window after it.
        group.waiting = 0
        group.consumers = ["worker": reader(held: [91: 0]), "blocked": reader()]
        #expect(group.look(seconds: 60) == [.ok])
        #expect(group.status("worker") == .active || group.status("worker") == .busy)
        #expect(group.status("blocked") == .idle || group.status("blocked") == .active)
    }

    @Test("One that stays away after a restart is found, by what was seen since")
    func goneSinceRestart() {
        var group = WatchedGroup()
        group.consumers = ["c": reader(held: [90: 0])]
        group.look(seconds: 120) { $0.consumers?["c"] = self.reader(held: [90: 0]) }
        group.server.runID = "b2"
        group.age(milliseconds: 3_600_000)
        group.look(seconds: 300)
        #expect(group.status("c") == .active)
        group.look(seconds: 10)
        #expect(group.status("c") == .stale)
    }

    @Test("A short outage within a window changes nothing")
    func shortOutage() {
        var group = WatchedGroup()
        group.waiting = 5
        group.look(seconds: 120)
        group.pass(seconds: 30)
        group.fail()
        #expect(group.look(seconds: 60) == [.stopped])
    }

    @Test("Whatever the server says, nothing alarms before a window is full", arguments: UInt64(1)...12)
    func shortWindow(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func number(_ limit: Int64) -> Int64 {
            Int64.random(in: 0...9, using: &random) == 0 ? .max : .random(in: 0...limit, using: &random)
        }
        for _ in 0..<60 {
            var group = WatchedGroup()
            func anything(_ group: inout WatchedGroup) {
                group.waiting = Bool.random(using: &random) ? nil : number(5)
                group.delivered = .random(in: 0...3, using: &random)
                group.generated = Bool.random(using: &random) ? nil : .random(in: 0...3, using: &random)
                group.lost += .random(in: 0...2, using: &random)
                group.consumers = [:]
                for name in ["a", "b", "c"] where Bool.random(using: &random) {
                    // Half the range: the helper's own clock adds to it.
                    let held = (0..<UInt64.random(in: 0...3, using: &random)).map { ($0, number(900_000) / 2) }
                    group.consumers?[name] = self.reader(
                        idle: number(900_000) / 2, inactive: Bool.random(using: &random) ? nil : number(900_000) / 2,
                        held: Dictionary(uniqueKeysWithValues: held))
                }
            }
            let statuses = group.look(seconds: 55) { group in
                anything(&group)
                // Late and missing looks count no more than those in time.
                if Bool.random(using: &random) { group.pass(seconds: .random(in: 0...3, using: &random)) }
                #expect(!group.statuses.values.contains { $0 == .stale || $0 == .stuck })
            }
            if group.second <= 60 { #expect(statuses == [.unknown]) }
            // And goes on without a trap.
            group.look(seconds: 300, anything)
        }
    }
}
