import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("Ages by who holds the entries")
struct SetAsideTests {
    private static func aside(_ ages: [String: [Int64]]) -> SetAside {
        var table: NameTable<AgeHistogram> = [:]
        for (consumer, ages) in ages {
            for age in ages { table[Name(consumer), default: AgeHistogram()].add(milliseconds: age) }
        }
        return SetAside(table)
    }

    @Test("take 16 bytes for up to two bins of a consumer")
    func size() {
        #expect(MemoryLayout<SetAside.Slot>.stride == 16)
        for (bins, slots) in [(1, 1), (2, 1), (3, 2), (20, 10)] {
            #expect(Self.aside(["c": (0..<bins).map { Int64($0) }]).slots.count == slots)
        }
    }

    @Test("are found by consumer, with nothing of the others")
    func found() {
        let aside = Self.aside(["a": [0], "b": [0, 0, 500], "c": [1, 2, 3]])
        #expect(aside.consumers == [Name("a"), Name("b"), Name("c")])
        #expect(aside[Name("a")]?.rows == 1)
        #expect(aside[Name("b")]?.rows == 3)
        #expect(aside[Name("b")]?.packed.count == 2)
        #expect(aside[Name("c")]?.packed.count == 3)
        for name in ["", "aa", "d"] {
            #expect(aside[Name(name)] == nil)
            #expect(!aside.contains(Name(name)))
        }
        #expect(aside.rows(upTo: 0) == 3)
        #expect(aside.rows(upTo: 2) == 5)
        #expect(aside.rows(upTo: .infinity) == 7)
    }

    @Test("are removed from an age on, of those that are meant")
    func removedFromAnAge() {
        var aside = Self.aside(["a": [1, 20, 30], "b": [1, 20], "c": [20]])
        aside.remove(from: 20) { $0 != Name("b") }
        #expect(aside == Self.aside(["a": [1], "b": [1, 20]]))
        aside.remove(from: -5) { _ in true }
        #expect(aside.isEmpty)
        #expect(aside.slots.capacity == 0)
    }

    @Test("leave no room taken once the last are removed")
    func emptied() {
        var aside = Self.aside(["c": [1]])
        aside.add(Self.aside(["c": [5]]))
        #expect(aside.consumers == [Name("c")])
        #expect(aside == Self.aside(["c": [1, 5]]))
        aside.remove([Name("c")])
        #expect(aside.isEmpty)
        #expect(aside.slots.capacity == 0)
    }

    @Test("add up, are joined and are removed as a histogram of each consumer would be", arguments: UInt64(1)...30)
    func asHistograms(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var aside = SetAside()
        var histograms: [Name: AgeHistogram] = [:]
        for _ in 0..<40 {
            let limit = [Int.max, 20, 7].randomElement(using: &random) ?? 20
            var page: NameTable<AgeHistogram> = [:]
            for _ in 0..<Int.random(in: 0..<200, using: &random) {
                let consumer = Name("c\(Int.random(in: 0..<12, using: &random))")
                let age = Int64.random(in: 0...(1 << Int64.random(in: 0..<20, using: &random)), using: &random)
                page[consumer, default: AgeHistogram()].add(milliseconds: age)
            }
            let wasEmpty = histograms.isEmpty
            aside.add(SetAside(page), limit: limit)
            for element in page {
                if wasEmpty {
                    histograms[element.key] = element.value
                    histograms[element.key]?.compact(to: limit)
                } else {
                    histograms[element.key, default: AgeHistogram()].add(element.value, limit: limit)
                }
            }
            if Bool.random(using: &random) {
                let share = Double.random(in: 0...1.2, using: &random)
                let removed = histograms.keys.sorted().filter { _ in Double.random(in: 0..<1, using: &random) < share }
                aside.remove(removed + [Name("none")])
                for consumer in removed { histograms[consumer] = nil }
            }
            #expect(aside.consumers == histograms.keys.sorted())
            #expect(aside.consumers.allSatisfy { aside[$0] == histograms[$0] })
            for age in [0, 100, 30_000, Double.infinity] {
                #expect(aside.rows(upTo: age) == histograms.values.reduce(0) { $0 + $1.rows(upTo: age) })
            }
            #expect(aside.slots.capacity <= aside.slots.count + 1)
        }
    }

    @Test("of a page are by consumer and age, however its rows are mixed", arguments: [1, 30, 1_000])
    func largePage(consumers: Int) {
        var random = SplitMix64(seed: 3)
        let rows = (0..<32_000).map { index in
            PendingEntry.sample(
                UInt64(index), "c\(Int.random(in: 0..<consumers, using: &random))", idle: 100_000 - Int64(index))
        }
        var sweep = HoldSweep()
        sweep.add(rows)
        #expect(sweep.ages.consumers == Set(rows.compactMap(\.consumer)).sorted())
        #expect(sweep.ages.rows(upTo: .infinity) == 32_000)
    }
}
