import StreamModel
import TestSupport
import Testing

@testable import Sampling

@Suite("The sweep over pending entries")
struct PendingSweepTests {
    /// What one group's sweep has seen since it began, and what it must see.
    private struct Sweep {
        var seen: [StreamID] = []
        var owed: Set<StreamID> = []
    }

    /// One poll of `lists`, all groups of one stream; `between` comes before every command but the first.
    private static func poll(
        _ sweep: inout PendingSweep, _ lists: inout [Name: PendingSweepList], rows: Int,
        between: (inout [Name: PendingSweepList]) -> Void = { _ in }
    ) -> [Name: PendingPage] {
        var legs = sweep.legs(over: [Name("s"): lists.mapValues { Int64($0.entries.count) }], rows: rows)
        while let index = legs.indices.filter({ legs[$0].rowsToAsk > 0 }).min(by: { legs[$0].start < legs[$1].start }) {
            let page = lists[legs[index].group]?.page(from: legs[index].start, count: legs[index].rowsToAsk) ?? []
            legs[index].ingest(page)
            between(&lists)
        }
        sweep.finish(legs)
        return [Name: PendingPage](legs.compactMap { leg in leg.page.map { (leg.group, $0) } }) { $1 }
    }

    @Test(
        "sees each entry that was there throughout exactly once, whatever is added and acknowledged meanwhile",
        arguments: UInt64(1)...100)
    func exactlyOnce(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var lists: [Name: PendingSweepList] = [:]
        for index in 0..<Int.random(in: 1...5, using: &generator) {
            let size = UInt64.random(in: 0...(Bool.random(using: &generator) ? 30 : 4_000), using: &generator)
            lists[Name("g\(index)")] = PendingSweepList(1..<size + 1)
        }
        let rows = Int.random(in: 1...6_000, using: &generator)
        var machine = PendingSweep()
        var sweeps: [Name: Sweep] = [:]
        for _ in 0..<12 {
            let before = lists
            var acknowledged: [Name: Set<StreamID>] = [:]
            let pages = Self.poll(&machine, &lists, rows: rows) { lists in
                for group in lists.keys.sorted() {
                    for _ in 0..<Int.random(in: 0...40, using: &generator) {
                        lists[group]?.deliverNext()
                    }
                    for _ in 0..<Int.random(in: 0...40, using: &generator) {
                        guard let id = lists[group]?.entries.randomElement(using: &generator)?.id else { break }
                        lists[group]?.acknowledge(id)
                        acknowledged[group, default: []].insert(id)
                    }
                }
            }
            #expect(pages.values.reduce(0) { $0 + $1.rows.count } <= rows)
            for (group, list) in before {
                if let page = pages[group] {
                    if page.startsSweep { sweeps[group] = Sweep(owed: list.ids) }
                    sweeps[group]?.seen += page.rows.map(\.id)
                }
                sweeps[group]?.owed.subtract(acknowledged[group] ?? [])
                let isSmall = !list.entries.isEmpty && list.entries.count <= rows / lists.count
                if isSmall { #expect(pages[group]?.startsSweep == true && pages[group]?.endsSweep == true) }
                guard pages[group]?.endsSweep == true, let sweep = sweeps[group] else { continue }
                #expect(Set(sweep.seen).count == sweep.seen.count)
                #expect(sweep.owed.isSubset(of: sweep.seen))
            }
        }
    }

    @Test("comes to an end although a group is read as fast as it is swept")
    func endsUnderLoad() {
        var lists = [Name("g"): PendingSweepList(1...5_000)]
        var machine = PendingSweep()
        var polls = 0
        var page: PendingPage?
        while page?.endsSweep != true, polls < 100 {
            page =
                Self.poll(&machine, &lists, rows: 1_000) { lists in
                    for _ in 0..<2_000 { lists[Name("g")]?.deliverNext() }
                }[Name("g")]
            polls += 1
        }
        #expect(polls == 5)
    }

    @Test(
        "after a rewind, when older entries become pending, sees all once they are",
        arguments: UInt64(1)...20)
    func rewind(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var lists = [Name("g"): PendingSweepList(5_000...9_000)]
        var machine = PendingSweep()
        var older = Array(UInt64(1)..<5_000).shuffled(using: &generator)
        var ended = 0
        var seen: [StreamID] = []
        for _ in 0..<60 where ended < 3 {
            let page = Self.poll(&machine, &lists, rows: 1_500) { lists in
                for id in older.suffix(800) { lists[Name("g")]?.deliver(id) }
                older.removeLast(min(800, older.count))
            }[Name("g")]
            if page?.startsSweep == true { seen = [] }
            seen += page?.rows.map(\.id) ?? []
            #expect(Set(seen).count == seen.count)
            if page?.endsSweep == true { ended += 1 }
        }
        #expect(ended == 3)
        #expect(lists[Name("g")]?.ids == Set(seen))
    }

    @Test("sees every list within the promised number of polls, again and again", arguments: UInt64(1)...25)
    func promise(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let rows = Int.random(in: 100...3_000, using: &generator)
        let small = Int.random(in: 0...3, using: &generator)
        let large = Int.random(in: 1...8, using: &generator)
        var lists: [Name: PendingSweepList] = [:]
        var left = rows
        for index in 0..<small {
            let size = rows / (small + large) / (index + 2)
            lists[Name("small\(index)")] = PendingSweepList(1..<UInt64(size) + 1)
            left -= size
        }
        for index in 0..<large {
            let size = UInt64.random(in: UInt64(left + 1)...UInt64(left + 2_000), using: &generator)
            lists[Name("large\(index)")] = PendingSweepList(
                1...size, idleMilliseconds: .random(in: 0...100_000, using: &generator))
        }
        lists = lists.filter { !$0.value.entries.isEmpty }
        let promised = lists.map { group, list in
            let isSmall = group.text.hasPrefix("small")
            return (group, isSmall ? 1 : Self.polls(toSee: list.entries.count, of: large, sharing: left))
        }
        var machine = PendingSweep()
        var lastFull: [Name: Int] = [:]
        for poll in 1...2 * (promised.map(\.1).max() ?? 1) {
            let pages = Self.poll(&machine, &lists, rows: rows)
            for (group, limit) in promised {
                #expect(poll - (lastFull[group] ?? 0) <= limit)
                if pages[group]?.endsSweep == true { lastFull[group] = poll }
            }
        }
    }

    /// The formula of docs/signals.md.
    private static func polls(toSee size: Int, of large: Int, sharing rows: Int) -> Int {
        func quotient(_ dividend: Int, _ divisor: Int) -> Int { (dividend + divisor - 1) / divisor }
        if large == 1 { return quotient(size, min(rows, 32_000)) }
        let half = quotient(rows, 2)
        let page = min(half, 32_000, max(1_000, half / large))
        return quotient(size, page) * quotient(large, half / page)
    }

    @Test("gives every group its turn where each poll has time for one command only", arguments: UInt64(1)...20)
    func shortOfTime(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let names = (0..<10).map { Name("g\($0)") }
        let sizes = names.map { ($0, Int64.random(in: 1...50_000, using: &generator)) }
        let pending = [Name("s"): [Name: Int64](sizes) { $1 }]
        var machine = PendingSweep()
        var served: [Name: Int] = [:]
        for _ in 0..<names.count * 3 {
            var legs = machine.legs(over: pending, rows: 20_000)
            let full = (0..<legs[0].rowsToAsk).map { offset in
                PendingEntry(
                    id: StreamID(milliseconds: legs[0].start.milliseconds + 1, sequence: UInt64(offset)),
                    consumer: Name("c"), idleMilliseconds: .random(in: 0...9, using: &generator), deliveries: 1)
            }
            legs[0].ingest(full)
            served[legs[0].group, default: 0] += 1
            machine.finish(legs)
        }
        #expect(served.values.allSatisfy { $0 == 3 })
        #expect(served.count == names.count)
    }

    @Test("comes to the end of a list that fits, but that no poll has the time for")
    func cutShort() {
        let list = PendingSweepList(1...3_500)
        let pending = [Name("s"): [Name("g"): Int64(3_500)]]
        var machine = PendingSweep()
        var ends: [Bool?] = []
        for _ in 0..<5 {
            var legs = machine.legs(over: pending, rows: 20_000)
            legs[0].ingest(list.page(from: legs[0].start, count: legs[0].rowsToAsk))
            machine.finish(legs)
            ends.append(legs[0].page?.endsSweep)
        }
        #expect(ends == [false, false, false, true, false])
    }

    @Test("begins anew where the list was empty, the stream was left, or it all fits at once")
    func startsAnew() {
        var machine = PendingSweep()
        var lists = [Name("g"): PendingSweepList(1...5_000)]
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == true)
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == false)
        #expect(Self.poll(&machine, &lists, rows: 5_000)[Name("g")]?.startsSweep == true)
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == true)
        _ = machine.legs(over: [Name("s"): [Name("g"): 0]], rows: 1_000)
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == true)
        machine.keep([])
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == true)
        // A stream that this poll did not come to keeps its place.
        _ = machine.legs(over: [Name: [Name: Int64]](), rows: 1_000)
        #expect(Self.poll(&machine, &lists, rows: 1_000)[Name("g")]?.startsSweep == false)
    }
}
