import RedisClient
package import StreamModel

/// Says what is to be looked at of a stream beyond what a poll always asks.
package typealias ProbeWish = @Sendable (Name, StreamObservation, LiveServers) -> ProbeRequest

/// What a poll may still receive for the sake of entries that are only counted.
struct ProbeBudget {
    private(set) var bytes = SamplingPlan.probeBytes
    private var isUntouched = true

    /// Once in any case: where the streams alone take all of a poll's time, no lag would ever be counted.
    func allows(_ share: ServerShare) -> Bool {
        isUntouched || bytes > 0 && !share.isSpent
    }

    mutating func charge(_ received: Int) {
        bytes -= received
        isUntouched = false
    }
}

extension NodeSampler {
    /// Looks at the entries after the last delivered IDs of those groups of the batch of which more is to be known.
    ///
    /// All in one exchange, if the bytes suffice for what they may bring; else what is left of them goes to the next.
    mutating func probe(
        _ streams: inout SeenStreams, _ budget: inout ProbeBudget, wish: ProbeWish
    ) async throws(RedisClientError) {
        var waiting = streams.indices.filter {
            !streams[$0].isSettled && streams[$0].stream.countersAreCurrent && !payloads.contains(streams[$0].name)
        }[...]
        while !waiting.isEmpty, budget.allows(share),
            ["XRANGE", "XINFO GROUPS", "XINFO STREAM"].allSatisfy({ denials[$0] == nil })
        {
            var probes: [(index: Int, probe: StreamProbe)] = []
            var bytes = budget.bytes
            while bytes > 0, let index = waiting.first {
                let (name, stream) = (streams[index].name, streams[index].stream)
                let wanted = wish(name, stream, servers)
                streams[index].isSettled = wanted.isEmpty
                let probe = StreamProbe(
                    name, stream, wanted: wanted,
                    entryBytes: records[name]?.entryBytes ?? plan.payloadGuard, within: bytes)
                if let probe {
                    guard probes.isEmpty || probe.expectedBytes <= bytes else { break }
                    bytes -= probe.expectedBytes
                    probes.append((index, probe))
                }
                waiting.removeFirst()
            }
            guard !probes.isEmpty else { return }
            let exchange = try await exchange(probes.flatMap(\.probe.commands))
            budget.charge(exchange.bytesReceived)
            var replies = exchange.replies[...]
            for (index, probe) in probes {
                let own = replies.prefix(probe.commands.count)
                replies = replies.dropFirst(own.count)
                streams[index].stream = probe.merged(Array(own))
            }
        }
    }
}
