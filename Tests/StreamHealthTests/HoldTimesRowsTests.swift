import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("What counts for hold times")
struct HoldTimesRowsTests {
    /// A group of one delivery per second that is polled every 5 seconds.
    private struct Group {
        var times = HoldTimes()
        var fate = HoldTimes.Fate.working
        /// Those of which something else becomes.
        var fates: [Name: HoldTimes.Fate] = [:]
        var rate: Double? = 1
        private var second: Int64 = 0

        /// Polls again and again, and sees these pages in turn.
        mutating func poll(_ pages: [PendingPage?], times count: Int = 1) {
            for page in Array(repeating: pages, count: count).joined() {
                second += 5
                let isEmpty = page.map { $0.rows.isEmpty && $0.startsSweep && $0.endsSweep } ?? false
                var group = GroupObservation.sample(delivered: 100, pending: isEmpty ? 0 : 5)
                group.pendingPage = isEmpty ? nil : page
                times.ingest(
                    group, deliveredPerSecond: rate, at: Timestamp(milliseconds: second * 1_000),
                    windowMilliseconds: 60_000
                ) { fates[$0] ?? fate }
            }
        }

        mutating func sweep(_ rows: [PendingEntry], times count: Int = 1) {
            poll([PendingPage(rows: rows, startsSweep: true, endsSweep: true)], times: count)
        }
    }

    /// Four entries that were delivered one per second, and are held for four.
    private static let rows = (0..<4).map { PendingEntry.sample(10 + UInt64($0), idle: 3_500 - 1_000 * $0) }

    private static func seconds(_ group: Group) -> Double? { group.times.quantiles?.p99Seconds }

    @Test("nothing yet, or few rows, or few deliveries, say nothing")
    func tooLittle() {
        var group = Group()
        #expect(group.times.quantiles == nil)
        group.sweep([], times: 100)
        #expect(group.times.quantiles == nil)
        group = Group()
        group.sweep(Self.rows, times: 5)
        #expect(group.times.quantiles == nil)
        group.sweep(Self.rows, times: 2)
        #expect(Self.seconds(group).map { abs($0 - 4) < 0.4 } == true)
        group = Group()
        group.rate = 0.01
        group.sweep(Self.rows, times: 50)
        #expect(group.times.quantiles == nil)
    }

    @Test("a sweep without a known rate is none")
    func unknownRate() {
        var group = Group()
        for rate in [nil, Double.nan, .infinity, -1] {
            group.rate = rate
            group.sweep(Self.rows, times: 50)
            #expect(group.times.newer == nil)
        }
        group.rate = 1
        group.sweep(Self.rows, times: 20)
        let before = group.times.quantiles
        group.rate = nil
        group.sweep([PendingEntry.sample(1, idle: 90_000)], times: 20)
        #expect(abs((Self.seconds(group) ?? 0) - (before?.p99Seconds ?? 1)) < 0.1)
    }

    @Test("that nothing is pending counts as a look")
    func nothingPending() {
        var group = Group()
        group.poll([PendingPage(rows: Self.rows, startsSweep: true, endsSweep: true), nil], times: 12)
        #expect(Self.seconds(group).map { abs($0 - 4) < 0.4 } == true, "a poll without a page is no look")
        var other = Group()
        let empty = PendingPage(rows: [], startsSweep: true, endsSweep: true)
        other.poll([PendingPage(rows: Self.rows, startsSweep: true, endsSweep: true), empty], times: 12)
        #expect((other.times.newer?.exposure ?? 0) > 1.8 * (group.times.newer?.exposure ?? 1))
    }

    @Test("entries that were delivered again, or given back, do not count")
    func otherRows() {
        var group = Group()
        let others = [
            PendingEntry.sample(1, idle: 90_000, deliveries: 2), .nacked(2), .sample(3, nil, idle: 80_000),
        ]
        group.sweep(others + Self.rows, times: 12)
        var same = Group()
        same.sweep(Self.rows, times: 12)
        #expect(group.times == same.times)
    }

    @Test("of one that may have been relieved counts only what is too young to have been taken from it")
    func relieved() {
        var group = Group()
        group.fate = .waiting
        group.sweep(Self.rows, times: 12)
        group.fate = .relieved(2_000)
        group.poll([nil])
        #expect(group.times.newer?.known.rows == 24)
        #expect(group.times.newer?.asideRows() == 0)
    }

    @Test("what is set aside counts once its consumer has got something done, and never once it is lost")
    func fates() {
        var group = Group()
        group.fate = .waiting
        group.sweep(Self.rows, times: 12)
        #expect(group.times.newer?.known.rows == 0)
        #expect(group.times.quantiles == nil)
        var lost = group
        group.fate = .working
        group.poll([nil])
        #expect(group.times.newer?.known.rows == 48)
        #expect(Self.seconds(group).map { abs($0 - 4) < 0.4 } == true)
        lost.fate = .lost
        lost.poll([nil])
        lost.fate = .working
        lost.poll([nil])
        #expect(lost.times.newer?.known.rows == 0)
    }

    @Test("a lost consumer's rows of a sweep that goes on are forgotten as well")
    func lostDuringSweep() {
        var group = Group()
        group.fate = .waiting
        group.sweep(Self.rows)
        group.poll([PendingPage(rows: Self.rows, startsSweep: true, endsSweep: false)])
        group.fate = .lost
        group.poll([PendingPage(rows: [], startsSweep: false, endsSweep: false)])
        group.fate = .working
        group.poll([PendingPage(rows: [.sample(90, "d", idle: 5)], startsSweep: false, endsSweep: true), nil])
        #expect(group.times.newer?.known.rows == 1)
    }

    @Test("a sweep in any pages is that of one page", arguments: UInt64(1)...30)
    func cutAnywhere(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ages = (0..<200).map { _ in Int64.random(in: 0...100_000, using: &random) }.sorted(by: >)
        let rows = ages.enumerated().map { index, age in
            PendingEntry.sample(UInt64(index), ["c", "d"].randomElement(using: &random) ?? "c", idle: age)
        }
        var pages: [PendingPage] = []
        var rest = rows[...]
        while !rest.isEmpty {
            let part = rest.prefix(.random(in: 1...90, using: &random))
            rest = rest.dropFirst(part.count)
            pages.append(PendingPage(rows: Array(part), startsSweep: pages.isEmpty, endsSweep: rest.isEmpty))
        }
        var (cut, whole) = (HoldSweep(), HoldSweep())
        for page in pages { cut.add(page.rows) }
        whole.add(rows)
        #expect(cut == whole)
    }

    @Test("a sweep that was given up, or whose beginning was not seen, counts for nothing")
    func givenUp() {
        var (group, same) = (Group(), Group())
        let beginning = PendingPage(rows: Self.rows, startsSweep: true, endsSweep: false)
        let end = PendingPage(rows: Self.rows, startsSweep: false, endsSweep: true)
        group.poll([beginning])
        group.sweep(Self.rows, times: 10)
        group.poll([end])
        same.poll([nil])
        same.sweep(Self.rows, times: 10)
        same.poll([nil])
        #expect(group.times == same.times)
    }

    @Test("generations last a window where much is seen, sixty where little is, and two are kept")
    func generations() {
        var group = Group()
        group.sweep(Self.rows, times: 12)
        #expect(group.times.older == nil)
        group.sweep(Self.rows)
        let first = group.times.older
        #expect(first != nil)
        group.sweep(Self.rows, times: 11)
        #expect(group.times.older == first)
        group.sweep(Self.rows)
        #expect(group.times.older != first)
        group = Group()
        group.rate = 0.005
        group.sweep(Self.rows, times: 720)
        #expect(group.times.older == nil)
        group.sweep(Self.rows)
        #expect(group.times.older != nil)
    }

    @Test("a generation does not end while much is set aside: that is what is held for long")
    func heldForLong() {
        var group = Group()
        let long = (0..<2).map { PendingEntry.sample(UInt64($0), "long", idle: 3_000) }
        group.fates[Name("long")] = .waiting
        group.sweep(long + Self.rows, times: 100)
        #expect(group.times.older == nil)
        group.fates = [:]
        group.sweep(long + Self.rows)
        #expect(group.times.older != nil)
    }

    @Test("where most is set aside, the rest says nothing unless it accounts for what was delivered")
    func mostAside() {
        var group = Group()
        group.rate = 40
        group.fates[Name("dead")] = .waiting
        group.sweep(Self.rows, times: 12)
        group.poll([nil])
        #expect(group.times.quantiles != nil, "most are held for too short a time to be seen")
        let left = (0..<50).map { PendingEntry.sample(UInt64(200 + $0), "dead", idle: 20_000) }
        group.sweep(left + Self.rows, times: 12)
        group.poll([nil])
        #expect(group.times.quantiles == nil)
        group = Group()
        group.fates[Name("dead")] = .waiting
        group.sweep(left + Self.rows, times: 24)
        #expect(Self.seconds(group).map { abs($0 - 4) < 0.4 } == true)
    }

    @Test("what was saved goes on as it was")
    func restored() throws {
        var group = Group()
        group.sweep(Self.rows, times: 40)
        func copy(_ generation: HoldGeneration?) throws -> HoldGeneration? {
            guard let generation else { return nil }
            return HoldGeneration(
                start: generation.start, exposure: generation.exposure, deliveries: generation.deliveries,
                known: try #require(AgeHistogram(packed: generation.known.packed)))
        }
        let restored = HoldTimes(older: try copy(group.times.older), newer: try copy(group.times.newer))
        #expect(restored.quantiles != nil)
        #expect(restored.quantiles == group.times.quantiles)
    }

    @Test("a minute of a large group takes no more room than of a small one")
    func bounded() {
        var random = SplitMix64(seed: 4)
        var group = Group()
        for _ in 0..<30 {
            let rows = (0..<2_000).map { index in
                let idle = Int64.random(in: 0...(1 << Int64.random(in: 0..<20, using: &random)), using: &random)
                return PendingEntry.sample(UInt64(index), "c\(index % 3)", idle: idle)
            }
            group.fate = group.fate == .working ? .waiting : .working
            group.sweep(rows.sorted { $0.idleMilliseconds > $1.idleMilliseconds })
        }
        for generation in [group.times.older, group.times.newer].compactMap({ $0 }) {
            #expect(generation.known.packed.capacity <= 32)
            let aside = generation.aside
            #expect(aside.consumers.allSatisfy { (aside[$0]?.packed.count ?? .max) <= 20 })
            #expect(aside.slots.capacity <= 3 * 10 + 1)
        }
    }
}
