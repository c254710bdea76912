import RedisClient
import StreamModel

extension NodeSampler {
    /// Samples the streams in turn, as far as the poll's share reaches: one batch in any case.
    mutating func sampleStreams(
        _ preferred: Set<Name>, _ wish: ProbeWish
    ) async throws(RedisClientError) -> StreamResults {
        var results = try await sampleNotStreams()
        for (name, refusal) in refused { results[name] = .failure(refusal) }
        var seen: SeenStreams = []
        var probing = ProbeBudget()
        names = []
        try await sampleHeavyStreams(&probing, wish, &seen, &results)
        var turn = Turn(
            waiting(besides: results), preferring: preferred, beat: beat, batchSize: SamplingPlan.streamsPerBatch)
        var isFirst = true
        while isFirst || !share.isSpent {
            let wave = turn.next(batches: affordableBatches)
            if wave.isEmpty { break }
            beat = turn.beat
            try await sampleWave(wave, &probing, wish, &seen, &results)
            isFirst = false
        }
        notStreams = Set(results.lazy.filter(\.value.isNoStream).map(\.key))
        for name in notStreams { sweep.forget(name) }
        try await sweepPending(&seen)
        remember(seen)
        results.add(seen)
        return results
    }

    /// Keeps what the next look is held against.
    mutating func remember(_ seen: SeenStreams) {
        for stream in seen where !stream.isComplete { records[stream.name]?.known = stream.known }
    }

    /// The streams that the poll has not come to yet, each with the poll that last looked at it.
    private func waiting(besides results: StreamResults) -> [(look: UInt64, name: Name)] {
        var streams: [(look: UInt64, name: Name)] = []
        streams.reserveCapacity(order.count)
        for name in order where results[name] == nil && isAskable(name) {
            let look = records[name]?.lastLook ?? 0
            if look != pollNumber { streams.append((look, name)) }
        }
        return streams
    }

    /// Whether this poll has asked for the stream.
    private func isDone(_ name: Name) -> Bool { records[name]?.lastLook == pollNumber }

    /// Samples those streams with large entries whose turn it is to ship some, as far as the poll's bytes reach.
    private mutating func sampleHeavyStreams(
        _ probing: inout ProbeBudget, _ wish: ProbeWish, _ seen: inout SeenStreams, _ results: inout StreamResults
    ) async throws(RedisClientError) {
        guard denials["XINFO STREAM"] == nil else { return }
        for _ in 0..<SamplingPlan.heavyBatches where !share.isSpent {
            let offered = payloads.next(atMost: SamplingPlan.streamsPerBatch)
            let batch = offered.filter { watched.contains($0) && !isDone($0) && results[$0] == nil }
            if offered.isEmpty { return }
            if !batch.isEmpty { try await sample(batch, shipping: true, &probing, wish, &seen, &results) }
        }
    }

    /// How many batches half of what is left of the share is likely to suffice for: one where that is not known.
    ///
    /// Half, because the next streams may be dearer than the last: what is taken too much is missing in the next poll.
    private var affordableBatches: Int {
        guard let timePerStream else { return 1 }
        let streams = share.left / max(timePerStream, .nanoseconds(100)) / 2
        return max(1, Int(streams) / SamplingPlan.streamsPerBatch)
    }

    /// Samples streams, and learns what each takes.
    private mutating func sampleWave(
        _ wave: [Name], _ probing: inout ProbeBudget, _ wish: ProbeWish, _ seen: inout SeenStreams,
        _ results: inout StreamResults
    ) async throws(RedisClientError) {
        let (left, known) = (share.left, seen.count + results.count)
        try await sample(wave, &probing, wish, &seen, &results)
        let asked = seen.count + results.count - known
        if asked > 0 { timePerStream = (left - share.left) / asked }
    }

    /// Samples streams: they and their groups, then what is looked at more closely, then the groups' consumers.
    ///
    /// What cannot be seen is put into `results`.
    mutating func sample(
        _ wanted: [Name], shipping: Bool = false, _ probing: inout ProbeBudget, _ wish: ProbeWish,
        _ seen: inout SeenStreams, _ results: inout StreamResults
    ) async throws(RedisClientError) {
        var new = try await look(at: wanted, shipping: shipping, &results)
        try await probe(&new, &probing, wish: wish)
        try await sampleConsumers(&new)
        for index in new.indices where !new[index].isUnchanged { new[index].stream.shareNames(&names) }
        seen += new
    }
}

extension StreamResults {
    mutating func add(_ seen: consuming SeenStreams) {
        reserveCapacity(count + seen.count)
        for seen in seen { self[seen.name] = .success(seen.stream) }
    }
}
