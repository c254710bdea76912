import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// Windows of a minute.
@Suite("A group's window")
struct GroupWindowTests {
    private static let length: Int64 = 60_000

    private func sample(
        _ second: Double, waiting: Int64? = 0, delivered: UInt64 = 1, generated: UInt64? = nil, lost: Int64 = 0
    ) -> GroupWindow.Sample {
        GroupWindow.Sample(
            time: Timestamp(milliseconds: Int64(second * 1_000)), waiting: waiting, lastDelivered: entryID(delivered),
            lastGenerated: generated.map { entryID($0) }, lost: lost)
    }

    private func window(_ samples: [GroupWindow.Sample]) -> GroupWindow {
        samples.reduce(into: GroupWindow()) { $0.record($1, windowMilliseconds: Self.length) }
    }

    @Test(
        "is full once its samples reach back over it, however many they are",
        arguments: [
            ([0, 60], false), ([0, 30, 59.9], false), ([0, 30, 60], true), ([0, 1, 60], false), ([0, 5, 60], true),
            ([0, 120], false),
            ([0, 120, 240], true), ([], false), ([0], false),
            (stride(from: 0, through: 59, by: 0.1).map(\.self), false),
            (stride(from: 0, through: 60, by: 5).map(\.self), true),
        ] as [([Double], Bool)])
    func full(seconds: [Double], isFull: Bool) {
        #expect(window(seconds.map { sample($0) }).isFull(Self.length) == isFull)
    }

    @Test(
        "keeps a bounded number of samples, by time, and fits 2 kB",
        arguments: [0.01, 0.1, 1, 4.6, 4.7, 5, 20, 61, 600])
    func bounded(interval: Double) throws {
        var window = GroupWindow()
        for index in 0..<1_500 {
            window.record(sample(Double(index) * interval), windowMilliseconds: Self.length)
            #expect(window.kept.samples.count <= 16)
        }
        let (first, last) = (try #require(window.kept.samples.first), try #require(window.kept.samples.last))
        let span = last.time.milliseconds(since: first.time)
        #expect(last.time.milliseconds == Int64(1_499 * interval * 1_000))
        #expect(span >= min(Self.length, last.time.milliseconds))
        #expect(span <= max(Self.length + Self.length / 13 + Int64(interval * 1_000), Int64(2_000 * interval)))
        #expect(
            window.kept.samples.capacity * MemoryLayout<RollingWindow<GroupWindow.Kept>.Sample>.stride
                + MemoryLayout<GroupHealth>.size <= 2_048)
    }

    @Test("takes no sample that is not later than the last: order cannot be mended", arguments: UInt64(1)...8)
    func permuted(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let samples = (0..<60).map { index in
            sample(
                Double(index) * 2, waiting: Bool.random(using: &random) ? 3 : nil,
                delivered: UInt64.random(in: 1...2, using: &random), lost: Int64(index))
        }
        var shuffled = window([])
        var accepted: [GroupWindow.Sample] = []
        for sample in samples.shuffled(using: &random) {
            shuffled.record(sample, windowMilliseconds: Self.length)
            if accepted.last.map({ $0.time < sample.time }) ?? true { accepted.append(sample) }
        }
        #expect(shuffled == window(accepted))
        // And one that comes twice is one.
        #expect(window(samples.flatMap { [$0, $0] }) == window(samples))
    }

    @Test("is not bent by samples that are missing or late", arguments: UInt64(1)...8)
    func missing(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // A steady drain, and a standstill, looked at now and then.
        var drain: [GroupWindow.Sample] = []
        var standstill: [GroupWindow.Sample] = []
        var second = 0.0
        while second < 180 {
            drain.append(sample(second, waiting: Int64(10_000 - second * 50), delivered: UInt64(1 + second)))
            standstill.append(sample(second, waiting: 7))
            second += Double.random(in: 0.2...20, using: &random)
        }
        #expect(window(drain).isDraining == true)
        #expect(!window(drain).isUnmoved(Self.length))
        #expect(window(standstill).isDraining == false)
        #expect(window(standstill).isUnmoved(Self.length))
        #expect(window(standstill).hasWaited(Self.length))
    }

    @Test(
        "knows entries to have waited for all of it",
        arguments: [
            ([1, 1, 1, 1], true), ([0, 1, 1, 1], false), ([1, 1, 0, 1], false), ([1, 1, 1, 0], false),
            ([1, nil, nil, 1], true), ([nil, 1, 1, 1], false), ([1, 1, 1, nil], false), ([nil, nil, nil, nil], false),
        ] as [([Int64?], Bool)])
    func waited(waiting: [Int64?], expected: Bool) {
        let samples = waiting.enumerated().map { sample(Double($0) * 20, waiting: $1) }
        #expect(window(samples).hasWaited(Self.length) == expected)
    }

    @Test("tells movement from standstill")
    func movement() {
        let moved = window([sample(0), sample(30), sample(60, delivered: 2)])
        #expect(!moved.isUnmoved(Self.length))
        #expect(moved.hasMoved(Self.length))
        #expect(moved.hasJustMoved)
        let still = window([sample(0), sample(1, delivered: 2), sample(30, delivered: 2), sample(61, delivered: 2)])
        #expect(still.isUnmoved(Self.length))
        #expect(!still.hasMoved(Self.length))
        #expect(!still.hasJustMoved)
        // What was before the first sample is not known.
        let young = window([sample(0), sample(30), sample(59)])
        #expect(!young.isUnmoved(Self.length))
        #expect(!young.hasMoved(Self.length))
    }

    @Test(
        "drains where its entries become fewer by more than they go up and down",
        arguments: [
            ([1_000, 900, 800, 700, 600, 500, 400], true), ([1_000, 1_100, 1_200, 1_300], false),
            ([1_000, 1_000, 1_000, 1_000], false),
            // A burst on the way down, a dip on the way up, a dip at the end.
            ([1_000, 900, 800, 2_000, 600, 500, 400], true), ([1_000, 1_100, 10, 1_300, 1_400, 1_500, 1_600], false),
            ([1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 999], false),
            // By the batch.
            ([300, 300, 300, 300, 200, 200, 200], true), ([300, 300, 300, 200, 200, 200, 200], true),
            // Up and down.
            ([100, 140, 90, 150, 80, 140, 95], false), ([100, nil, 80, nil, 60, 50, nil], true), ([9, 8], nil),
            ([nil, nil, 9, 8], nil),
        ] as [([Int64?], Bool?)])
    func draining(waiting: [Int64?], expected: Bool?) {
        let samples = waiting.enumerated().map { sample(Double($0) * 8, waiting: $1) }
        #expect(window(samples).isDraining == expected)
    }

    @Test("has caught up where one sample had delivered all that the one before saw")
    func caughtUp() {
        #expect(window([sample(0, delivered: 5, generated: 9), sample(9, delivered: 9, generated: 20)]).hasCaughtUp)
        #expect(!window([sample(0, delivered: 5, generated: 9), sample(9, delivered: 8, generated: 20)]).hasCaughtUp)
        #expect(!window([sample(0, delivered: 5, generated: nil), sample(9, delivered: 8, generated: 20)]).hasCaughtUp)
        #expect(!window([sample(0, delivered: 9, generated: 9)]).hasCaughtUp)
    }

    @Test("counts the losses of its own time only")
    func losses() {
        #expect(window([sample(0, lost: 5), sample(20, lost: 5), sample(40, lost: 8)]).losses == 3)
        #expect(window(stride(from: 0, through: 100, by: 5).map { sample($0, lost: $0 < 30 ? 5 : 8) }).losses == 0)
        #expect(window([sample(0, lost: 5)]).losses == 0)
        #expect(window([]).losses == 0)
    }

    @Test("knows nothing after a restart")
    func restart() {
        var window = window([sample(0, waiting: 4), sample(30, waiting: 4), sample(60, waiting: 4)])
        #expect(window.hasWaited(Self.length))
        window.restart()
        #expect(window == GroupWindow())
    }
}
