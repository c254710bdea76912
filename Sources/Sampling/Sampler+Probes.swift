import RedisClient
package import StreamModel

/// Says for each group of a stream how far to look at what it was not given yet; nil: not at all.
package typealias ProbeWish = @Sendable (Name, StreamObservation, ServerIdentity?) -> [ProbeDepth?]

extension Sampler {
    /// Looks at the entries after the last delivered IDs of those groups of the batch of which more is to be known.
    ///
    /// The stream is asked for before and after in the same pipeline. What was counted is exact only if nothing moved in
    /// between; the newer answers then replace the older, so that all figures are of one moment.
    mutating func probe(
        _ streams: inout [(name: Name, stream: StreamObservation)], _ budget: inout PollBudget, wish: ProbeWish
    ) async throws(RedisClientError) {
        if probingIsDenied { return }
        for index in streams.indices where streams[index].stream.countersAreCurrent {
            // One stream in any case: where the streams alone take all of a poll's time, no lag would ever be counted.
            let isFirst = budget.probeBytes == SamplingPlan.probeBytes
            guard isFirst || budget.probeBytes > 0 && budget.serverTime > .zero else { return }
            let (name, stream) = streams[index]
            let wanted = wish(name, stream, identity)
            let groups = stream.groups.indices.filter { group in
                wanted.indices.contains(group) && wanted[group] != nil
                    && stream.groups[group].lastDeliveredID.successor != nil
            }
            guard !groups.isEmpty else { continue }
            let depths = groups.map { wanted[$0] == .count ? countLimit(name, budget) : 1 }
            let ranges = zip(groups, depths).map { group, depth in
                let start = stream.groups[group].lastDeliveredID.successor ?? .zero
                return RedisCommand(
                    "XRANGE", key: name.bytes, then: ["\(start)", "+", "COUNT", "\(depth)"].map { Array($0.utf8) })
            }
            let frame = [
                RedisCommand("XINFO", "GROUPS", key: name.bytes), RedisCommand("XINFO", "STREAM", key: name.bytes),
            ]
            let exchange = try await exchange(frame + ranges + frame)
            budget.serverTime -= serverTime(of: exchange)
            budget.probeBytes -= exchange.bytesReceived
            if exchange.replies.contains(where: { $0.error?.code == "NOPERM" }) {
                probingIsDenied = true
                return
            }
            if let observation = try? ProbedStream(exchange.replies, groups: groups.count) {
                streams[index].stream = observation.merged(into: stream, groups: groups, depths: depths)
            }
        }
    }

    /// As many entries as the rest of the budget allows, by the size of those that were last seen.
    private func countLimit(_ name: Name, _ budget: PollBudget) -> Int {
        let size = max(64, entryBytes[name] ?? plan.payloadGuard)
        return max(1, min(SamplingPlan.countedEntries, budget.probeBytes / size))
    }
}

/// The replies to one stream's probe.
private struct ProbedStream {
    var before: StreamObservation
    var after: StreamObservation
    /// For each group that was asked about, the IDs after its last delivered one, as far as asked.
    var ranges: [[StreamID]]

    init(_ replies: [RedisReply], groups: Int) throws(SampleError) {
        before = try StreamObservation(groups: replies[0], stream: replies[1])
        after = try StreamObservation(groups: replies[groups + 2], stream: replies[groups + 3])
        var ranges: [[StreamID]] = []
        for reply in replies[2..<groups + 2] {
            ranges.append(
                try reply.list(of: "XRANGE") { (entry) throws(SampleError) in
                    guard let id = entry.elements?.first?.bytes.flatMap({ StreamID($0) }) else {
                        throw .unexpectedReply(command: "XRANGE", what: "not an entry")
                    }
                    return id
                })
        }
        self.ranges = ranges
    }

    /// `asked`: the indices of the groups in `stream`, which were looked at from the IDs that they have there.
    func merged(into stream: StreamObservation, groups asked: [Int], depths: [Int]) -> StreamObservation {
        guard before == after else { return stream }
        var result = after
        for (position, group) in asked.enumerated() {
            let name = stream.groups[group].name
            guard let index = result.groups.firstIndex(where: { $0.name == name }) else { continue }
            let delivered = result.groups[index].lastDeliveredID
            // From an ID before the present one the answer tells as much; from one after it, it does not.
            guard stream.groups[group].lastDeliveredID <= delivered else { continue }
            let undelivered = ranges[position].filter { $0 > delivered }
            let isComplete = ranges[position].count < depths[position]
            let deleted = result.counters?.maxDeletedEntryID
            let seesDeleted = isComplete || (deleted.map { id in undelivered.last.map { id < $0 } ?? false } ?? false)
            result.groups[index].undelivered = UndeliveredProbe(
                first: undelivered.first, count: Int64(undelivered.count), isComplete: isComplete,
                upToDeleted: seesDeleted ? deleted.map { id in Int64(undelivered.count { $0 <= id }) } : nil)
        }
        return result
    }
}
