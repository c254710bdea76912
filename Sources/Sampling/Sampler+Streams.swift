import RedisClient
import StreamModel

extension Sampler {
    /// Samples a batch of streams: the streams and their groups in one round trip, then the groups' consumers and
    /// pending entries.
    mutating func sample(
        _ batch: [Name], _ budget: inout PollBudget, _ wish: ProbeWish, into results: inout StreamResults
    ) async throws(RedisClientError) {
        let asked = batch.map { (name: $0, counters: countersStillServing($0)) }
        let exchange = try await exchange(asked.flatMap { commands(for: $0.name, askCounters: $0.counters == nil) })
        budget.serverTime -= serverTime(of: exchange)

        var replies = exchange.replies[...]
        var seen: [(name: Name, stream: StreamObservation)] = []
        for (name, stale) in asked {
            let own = replies.prefix(stale == nil ? 3 : 2)
            replies = replies.dropFirst(own.count)
            do {
                seen.append((name, try decode(name, Array(own), staleCounters: stale)))
            } catch {
                results[name] = .failure(error)
            }
        }
        try await probe(&seen, &budget, wish: wish)
        try await sampleGroups(&seen, &budget)
        for (name, stream) in seen { results[name] = .success(stream) }
    }

    private func commands(for name: Name, askCounters: Bool) -> [RedisCommand] {
        var commands = [
            RedisCommand("XLEN", key: name.bytes), RedisCommand("XINFO", "GROUPS", key: name.bytes),
        ]
        if askCounters { commands.append(RedisCommand("XINFO", "STREAM", key: name.bytes)) }
        return commands
    }

    /// The remembered counters of a stream with large entries, until it is time to ask again.
    private mutating func countersStillServing(_ name: Name) -> StreamCounters? {
        guard let (counters, pollsLeft) = guarded[name], pollsLeft > 0 else { return nil }
        guarded[name] = (counters, pollsLeft - 1)
        return counters
    }

    private mutating func decode(
        _ name: Name, _ replies: [RedisReply], staleCounters: StreamCounters?
    ) throws(SampleError) -> StreamObservation {
        guard let length = try replies[0].value(of: "XLEN").integer else {
            throw .unexpectedReply(command: "XLEN", what: "not an integer")
        }
        if let staleCounters {
            // An empty stream has no payload to fear, and the figures from when it had some would be wrong.
            if length == 0 { guarded[name] = nil }
            return StreamObservation(
                length: length, counters: staleCounters, countersAreCurrent: false, groups: try replies[1].groupList())
        }
        let stream = try StreamObservation(groups: replies[1], stream: replies[2])
        let bytes = replies[2].stringBytes
        entryBytes[name] = bytes / 2
        guarded[name] = stream.counters.flatMap { bytes > plan.payloadGuard ? ($0, SamplingPlan.guardedPolls) : nil }
        return stream
    }
}
