import StreamModel
import TestSupport

@testable import StreamHealth

/// The hold times of a group as its polls show them.
struct WatchedHolds {
    private(set) var times = HoldTimes()
    private var progress = HoldingProgress()
    private let workload: HoldWorkload
    private let pageRows: Int
    /// The last row of a sweep that is under way.
    private var lastRow: Int?
    /// All entries before it are acknowledged.
    private var done = 0
    private var second: Int64 = 0

    init(_ workload: HoldWorkload, pageRows: Int = .max) {
        self.workload = workload
        self.pageRows = pageRows
    }

    /// Polls every 5 seconds, give or take `jitter`, but for the share of polls that is missed.
    @discardableResult
    mutating func poll(
        untilSecond end: Int64, jitter: Int64 = 400, missed: Double = 0, seed: UInt64 = 1
    ) -> HoldQuantiles? {
        var random = SplitMix64(seed: seed)
        while second <= end {
            let time = second * 1000 + .random(in: -jitter...jitter, using: &random)
            if Double.random(in: 0..<1, using: &random) >= missed { poll(at: time) }
            second += 5
        }
        return times.quantiles
    }

    private mutating func poll(at time: Int64) {
        let end = workload.delivered(by: time)
        while done < end, workload.entries[done].acknowledged <= time { done += 1 }
        let pending = (done..<end).filter { workload.entries[$0].acknowledged > time }
        var counts = Array(repeating: Int64(0), count: workload.consumers)
        for index in pending { counts[workload.entries[index].consumer] += 1 }
        let consumers = counts.indices.map { ConsumerObservation.sample("c\($0)", pending: counts[$0]) }
        let now = Timestamp(milliseconds: 1_700_000_000_000 + time)
        progress.ingest(
            consumers, held: HeldEntries.byConsumer(pending.map { row($0, at: time) }), delivered: entryID(UInt64(end)),
            at: now)

        let page = pending.filter { $0 > lastRow ?? -1 }.prefix(pageRows)
        let isLast = page.last == pending.last
        var group = GroupObservation.sample(delivered: UInt64(end), pending: Int64(pending.count))
        group.pendingPage = PendingPage(
            rows: page.map { row($0, at: time) }, startsSweep: lastRow == nil, endsSweep: isLast)
        lastRow = isLast ? nil : page.last
        // As a window of a minute shows it, once there are two samples.
        let since = max(0, time - 60_000)
        let rate = Double(end - workload.delivered(by: since)) * 1000 / Double(time - since)
        let (known, holding) = (Dictionary(uniqueKeysWithValues: consumers.map { ($0.name, $0.pending) }), progress)
        times.ingest(
            group, deliveredPerSecond: time < 3_000 ? nil : rate, at: now, windowMilliseconds: 60_000
        ) { consumer in
            known[consumer] == 0 || holding[consumer]?.progressedAt == now ? .working : .waiting
        }
    }

    private func row(_ index: Int, at time: Int64) -> PendingEntry {
        let entry = workload.entries[index]
        return .sample(UInt64(index + 1), "c\(entry.consumer)", idle: time - entry.delivered)
    }
}
