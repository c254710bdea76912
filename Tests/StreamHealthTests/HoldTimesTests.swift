import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("Hold times by what polls see")
struct HoldTimesTests {
    typealias Work = HoldWorkload.Work

    static let seeds = UInt64(1)...20

    /// The p50 and p99 for each seed, as parts of what they should be.
    static func ratios(
        untilSecond end: Int64, pageRows: Int = .max, jitter: Int64 = 400, missed: Double = 0,
        seeds: ClosedRange<UInt64> = seeds, _ workload: (UInt64) -> HoldWorkload
    ) throws -> (medians: [Double], p99s: [Double]) {
        var (medians, p99s): ([Double], [Double]) = ([], [])
        for seed in seeds {
            let workload = workload(seed)
            var group = WatchedHolds(workload, pageRows: pageRows)
            let found = group.poll(untilSecond: end, jitter: jitter, missed: missed, seed: seed &+ 99)
            let quantiles = try #require(found, "seed \(seed)")
            medians.append(quantiles.medianSeconds / workload.holdSeconds(0.5))
            p99s.append(quantiles.p99Seconds / workload.holdSeconds(0.99))
        }
        return (medians, p99s)
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    static func isWithin(_ part: Double, _ ratios: [Double]) -> Bool {
        ratios.allSatisfy { (1 - part...1 + part).contains($0) }
    }

    @Test(
        "are right within a tenth after a window of constant work, one entry at a time, in step with the polls or not",
        arguments: [(5, 2.0), (3, 0.3), (4, 5.0), (10, 0.5), (40, 0.05)], [Int64(0), 400])
    func oneAtATime(group: (consumers: Int, seconds: Double), jitter: Int64) throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 65, jitter: jitter) {
            HoldWorkload(busy: group.consumers, .constant(group.seconds), seconds: 80, seed: $0)
        }
        #expect(Self.isWithin(0.1, medians), "\(medians)")
        #expect(Self.isWithin(0.1, p99s), "\(p99s)")
    }

    @Test("of ten minutes are ten minutes, also while a consumer is dead")
    func tenMinutes() throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 5_000, seeds: 1...6) {
            var workload = HoldWorkload(busy: 3, .constant(600), seconds: 6_000, seed: $0)
            if $0 > 3 { workload.crash(0, atSecond: 2_500) }
            return workload
        }
        #expect(Self.isWithin(0.1, medians), "\(medians)")
        #expect(Self.isWithin(0.1, p99s), "\(p99s)")
    }

    @Test(
        "of entries that come by chance are right within a quarter, and a twentieth on average",
        arguments: [(2.5, false, 2.0), (20, true, 0.5), (20, false, 0.5), (1, true, 30)])
    func inParallel(group: (perSecond: Double, regularly: Bool, hold: Double)) throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 300) {
            HoldWorkload(
                perSecond: group.perSecond, regularly: group.regularly, .constant(group.hold), seconds: 310, seed: $0)
        }
        for ratios in [medians, p99s] {
            #expect(Self.isWithin(0.25, ratios), "\(ratios)")
            #expect(abs(Self.mean(ratios) - 1) < 0.05, "\(ratios)")
        }
    }

    /// The slope of a curve of n rows is known to no more than n^(-1/3) or so: of 400 rows, a quarter at the median.
    @Test(
        "of any length are right within what so many rows can say", arguments: [(20.0, 0.5), (100, 0.4)], [0, 0.3])
    func exponential(group: (perSecond: Double, within: Double), missed: Double) throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 300, missed: missed, seeds: 1...12) {
            HoldWorkload(perSecond: group.perSecond, .exponential(mean: 1), seconds: 310, seed: $0)
        }
        for ratios in [medians, p99s] {
            #expect(Self.isWithin(group.within, ratios), "\(ratios)")
            #expect(abs(Self.mean(ratios) - 1) < 0.1, "\(ratios)")
        }
    }

    @Test("of two kinds show the short kind as p50, the long one as p99")
    func bimodal() throws {
        let parallel = try Self.ratios(untilSecond: 300) {
            HoldWorkload(perSecond: 20, .bimodal(short: 1, long: 10), seconds: 310, seed: $0)
        }
        #expect(Self.isWithin(0.2, parallel.medians), "\(parallel.medians)")
        #expect(Self.isWithin(0.1, parallel.p99s), "\(parallel.p99s)")
        let single = try Self.ratios(untilSecond: 900) {
            HoldWorkload(busy: 6, .bimodal(short: 2, long: 120), seconds: 910, seed: $0)
        }
        #expect(Self.isWithin(0.6, single.medians), "\(single.medians)")
        #expect(abs(Self.mean(single.medians) - 1) < 0.1, "\(single.medians)")
        #expect(Self.isWithin(0.1, single.p99s), "\(single.p99s)")
    }

    @Test("of batches reach from the first entry's to the last one's")
    func batches() throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 300) {
            HoldWorkload(busy: 3, batch: 10, .constant(0.3), seconds: 310, seed: $0)
        }
        #expect(Self.isWithin(0.5, medians), "\(medians)")
        #expect(abs(Self.mean(medians) - 1) < 0.1, "\(medians)")
        #expect(Self.isWithin(0.15, p99s), "\(p99s)")
    }

    @Test("do not grow with what a dead consumer has left", arguments: [(1, 2.0), (20, 1.0), (100, 0.5)])
    func crash(group: (batch: Int, seconds: Double)) throws {
        func workload(_ seed: UInt64) -> HoldWorkload {
            HoldWorkload(busy: 5, batch: group.batch, .constant(group.seconds), seconds: 700, seed: seed)
        }
        for seed in Self.seeds.prefix(6) {
            var dead = workload(seed)
            dead.crash(0, atSecond: 300)
            var (with, without) = (WatchedHolds(dead), WatchedHolds(workload(seed)))
            for end in stride(from: Int64(300), to: 700, by: 25) {
                let polled = (with.poll(untilSecond: end, seed: seed), without.poll(untilSecond: end, seed: seed))
                let (found, expected) = (try #require(polled.0), try #require(polled.1))
                #expect(found.p99Seconds < expected.p99Seconds * 1.1, "seed \(seed), second \(end)")
            }
        }
    }

    @Test("follow a change within two windows, once those have ended", arguments: [(2.0, 6.0), (6, 2)], [15, 30, 45])
    func change(seconds: (before: Double, after: Double), later: Int64) throws {
        let change = 300 + later
        for seed in Self.seeds {
            let before = HoldWorkload(busy: 8, .constant(seconds.before), seconds: 500, seed: seed)
            let after = HoldWorkload(busy: 8, .constant(seconds.after), seconds: 500, seed: seed &+ 1_000)
            var group = WatchedHolds(before.followed(by: after, fromSecond: change))
            let found = group.poll(untilSecond: change + 135, seed: seed)
            let quantiles = try #require(found)
            #expect(abs(quantiles.p99Seconds / seconds.after - 1) < 0.2, "seed \(seed): \(quantiles)")
            #expect(abs(quantiles.medianSeconds / seconds.after - 1) < 0.2, "seed \(seed): \(quantiles)")
        }
    }

    @Test("are not bent by missed polls")
    func missedPolls() throws {
        let (medians, p99s) = try Self.ratios(untilSecond: 180, missed: 0.5) {
            HoldWorkload(busy: 5, .constant(2), seconds: 190, seed: $0)
        }
        #expect(Self.isWithin(0.1, medians), "\(medians)")
        #expect(Self.isWithin(0.1, p99s), "\(p99s)")
    }

    /// 600 entries pending on average, and another 50 with each poll.
    @Test("are the same where a sweep takes many polls", arguments: [Int.max, 400, 150])
    func pages(rows: Int) throws {
        let constant = try Self.ratios(untilSecond: 600, pageRows: rows, seeds: 1...3) {
            HoldWorkload(perSecond: 10, to: 10, .constant(60), seconds: 610, seed: $0)
        }
        #expect(Self.isWithin(0.1, constant.medians + constant.p99s), "\(constant)")
        let exponential = try Self.ratios(untilSecond: 600, pageRows: rows, seeds: 1...3) {
            HoldWorkload(perSecond: 10, to: 10, .exponential(mean: 60), seconds: 610, seed: $0)
        }
        #expect(Self.isWithin(0.4, exponential.medians + exponential.p99s), "\(exponential)")
    }
}
