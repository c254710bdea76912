import Exposition
import StreamHealth
import StreamModel
import TestSupport
import Testing

@Suite("The page of logical streams")
struct LogicalStreamsPageTests {
    /// Everything that begins with a is one, and that one is called as a stream may be that is no part of it.
    private static let logical = LogicalStreams([
        LogicalStream(match: Glob("a*"), name: Name("b")), LogicalStream(match: Glob("c?"), name: Name("c\n")),
    ])

    private func targets(
        _ seed: UInt64, _ check: (_ parts: [StreamSnapshot], _ merged: [StreamSnapshot]) throws -> Void
    )
        rethrows
    {
        var snapshots = RandomSnapshots(random: SplitMix64(seed: seed))
        for _ in 0..<50 {
            let parts = snapshots.alike(["a", "a1", "a2", "b", "c", "c\n", "c1", "d"])
            try check(parts, Self.logical.merge(parts))
        }
    }

    @Test("has each series once", arguments: [MetricsFormat.text, .openMetrics], UInt64(1)...4)
    func series(format: MetricsFormat, seed: UInt64) throws {
        try targets(seed) { _, merged in
            let target = TargetSnapshot(
                name: "t", isUp: true, error: nil, nodes: [], streams: merged, streamsNotSampled: 0,
                polling: PollStatistics())
            let page = MetricsPage([target], process: nil, format: format).text()
            var seen: Set<[String]> = []
            for sample in try ParsedPage(page, format: format).families.flatMap(\.samples) {
                let identity = [sample.name] + sample.labels.map { "\($0.name) \($0.value)" }
                #expect(seen.insert(identity).inserted, "\(sample)")
            }
        }
    }

    @Test("stands for every stream there is, by name", arguments: UInt64(1)...4)
    func members(seed: UInt64) {
        targets(seed) { parts, merged in
            #expect(merged.reduce(0) { $0 + ($1.members ?? 1) } == parts.count)
            #expect(merged.map(\.name) == Set(merged.map(\.name)).sorted())
        }
    }

    @Test("keeps every sum that is known, and has none of what is not", arguments: UInt64(1)...4)
    func sums(seed: UInt64) {
        targets(seed) { parts, merged in
            for stream in merged {
                let own = parts.filter { Self.logical.displayedName(of: $0.name) == stream.name }
                // RandomSnapshots has no key that fails otherwise.
                let streams = own.filter { $0.error != .wrongType }
                guard !streams.isEmpty else {
                    #expect(stream.figures == nil)
                    continue
                }
                #expect(stream.figures?.length == sum(streams.map { $0.figures?.length }))
                #expect(stream.figures?.memoryBytes == sum(streams.map { $0.figures?.memoryBytes }))
                #expect(
                    stream.figures?.counters?.entriesAdded == sum(streams.map { $0.figures?.counters?.entriesAdded }))
                for group in stream.groups {
                    let groups = streams.flatMap(\.groups).filter { $0.name == group.name }
                    #expect(group.lag?.entries == lag(groups)?.entries)
                    #expect(group.lag?.uncertainty == lag(groups)?.uncertainty)
                    #expect(group.pending.entries == sum(groups.map(\.pending.entries)))
                    #expect(group.entriesLost == sum(groups.map(\.entriesLost)))
                    #expect(group.entriesDelivered == sum(groups.map(\.entriesDelivered)))
                    let held = groups.flatMap(\.consumers).map { $0.pending as Int64? }
                    #expect(sum(group.consumers.map { $0.pending as Int64? }) == sum(held) || sum(held) == nil)
                }
            }
        }
    }

    @Test("does not depend on the order of the streams", arguments: UInt64(1)...4)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        targets(seed) { parts, merged in
            #expect(Self.logical.merge(parts.shuffled(using: &random)) == merged)
        }
    }

    private func lag(_ groups: [GroupSnapshot]) -> Lag? {
        guard let entries = sum(groups.map { $0.lag?.entries }), let unsure = sum(groups.map { $0.lag?.uncertainty })
        else { return nil }
        return Lag(entries: entries, uncertainty: unsure)
    }

    /// Nil where one is not known, and where 64 bits do not hold it.
    private func sum(_ values: [Int64?]) -> Int64? {
        let known = values.compactMap(\.self)
        guard known.count == values.count else { return nil }
        return Int64(exactly: known.reduce(Int128(0)) { $0 + Int128($1) })
    }
}
