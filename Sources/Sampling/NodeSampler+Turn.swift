import RedisClient
import StreamModel

extension NodeSampler {
    /// Samples the streams in turn, as far as the poll's share reaches: one batch in any case.
    mutating func sampleStreams(
        _ preferred: Set<Name>, _ wish: ProbeWish
    ) async throws(RedisClientError) -> StreamResults {
        var results = try await sampleNotStreams()
        for (name, record) in records where watched.contains(name) {
            if let refusal = record.refusal { results[name] = .failure(refusal) }
        }
        var probing = ProbeBudget()
        try await sampleHeavyStreams(&probing, wish, into: &results)
        let rest = watched.filter { results[$0] == nil && isAskable($0) }
        var turn = Turn(rest, preferring: preferred, beat: beat, batchSize: SamplingPlan.streamsPerBatch) { name in
            records[name]?.lastLook ?? 0
        }
        var isFirst = true
        while isFirst || !share.isSpent {
            let wave = turn.next(batches: affordableBatches)
            if wave.isEmpty { break }
            beat = turn.beat
            try await sampleWave(wave, &probing, wish, into: &results)
            isFirst = false
        }
        try await sweepPending(&results)
        for (name, result) in results { records[name, default: StreamRecord()].isNoStream = result.isNoStream }
        if records.count > watched.count {
            records = records.filter { watched.contains($0.key) }
        }
        payloads.keep(watched)
        sweep.keep(watched)
        return results
    }

    /// Samples those streams with large entries whose turn it is to ship some, as far as the poll's bytes reach.
    private mutating func sampleHeavyStreams(
        _ probing: inout ProbeBudget, _ wish: ProbeWish, into results: inout StreamResults
    ) async throws(RedisClientError) {
        guard denials["XINFO STREAM"] == nil else { return }
        for _ in 0..<SamplingPlan.heavyBatches where !share.isSpent {
            let offered = payloads.next(atMost: SamplingPlan.streamsPerBatch)
            let batch = offered.filter { watched.contains($0) && results[$0] == nil }
            if offered.isEmpty { return }
            if !batch.isEmpty { try await sample(batch, shipping: true, &probing, wish, into: &results) }
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
        _ wave: [Name], _ probing: inout ProbeBudget, _ wish: ProbeWish, into results: inout StreamResults
    ) async throws(RedisClientError) {
        let (left, known) = (share.left, results.count)
        try await sample(wave, &probing, wish, into: &results)
        if results.count > known { timePerStream = (left - share.left) / (results.count - known) }
    }

    /// Samples streams: they and their groups, then what is looked at more closely, then the groups' consumers.
    mutating func sample(
        _ names: [Name], shipping: Bool = false, _ probing: inout ProbeBudget, _ wish: ProbeWish,
        into results: inout StreamResults
    ) async throws(RedisClientError) {
        var seen = try await look(at: names, shipping: shipping, &results)
        try await probe(&seen, &probing, wish: wish)
        try await sampleConsumers(&seen)
        for (name, stream) in seen { results[name] = .success(stream) }
    }
}
