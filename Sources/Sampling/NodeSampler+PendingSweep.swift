import RedisClient
import StreamModel

extension NodeSampler {
    /// Goes on with the sweep over the pending entries of the groups seen, as far as the poll's rows and time reach.
    ///
    /// Where a page begins is known only from the one before: a group's pages come one after the other, and those of
    /// many groups together. The places are kept only at the end, so that what was read by a poll that fails is read
    /// again.
    mutating func sweepPending(_ results: inout StreamResults) async throws(RedisClientError) {
        if let denial = denials["XPENDING"] { return results.fail(where: { $0.pending > 0 }, denial) }
        var legs = sweep.legs(over: results.pendingEntries, rows: plan.pendingRows)
        // Once in any case: where the streams alone take all of a poll's time, the sweep would never begin.
        var isFirst = true
        while isFirst || !share.isSpent {
            isFirst = false
            let asking = legs.indices.filter { legs[$0].rowsToAsk > 0 }
            let batches = asking.batched(count: SamplingPlan.groupsPerBatch, limit: SamplingPlan.rowsPerBatch) {
                legs[$0].rowsToAsk
            }
            if batches.isEmpty { break }
            let requests = batches.map { batch in
                RedisRequest(
                    batch.map { legs[$0].command },
                    expectedBytes: batch.reduce(0) { $0 + legs[$1].rowsToAsk } * SamplingPlan.bytesPerRow)
            }
            let answers = try await exchange(requests, withinShare: true) { _, exchange in
                exchange.replies.map(\.pending)
            }
            for (batch, answers) in zip(batches, answers) {
                for (index, answer) in zip(batch, answers) { legs[index].ingest(answer) }
            }
        }
        sweep.finish(legs)
        for (stream, own) in Dictionary(grouping: legs, by: \.stream) { results.ingest(own, of: stream) }
    }
}

extension StreamResults {
    /// By stream and group; none where there is no stream, and nothing of a stream that is not known.
    fileprivate var pendingEntries: [Name: [Name: Int64]] {
        var pending: [Name: [Name: Int64]] = [:]
        for (name, result) in self {
            switch result {
            case .success(let stream):
                pending[name] = [:]
                for group in stream.groups { pending[name]?[group.name] = group.pending }
            case .failure where result.isNoStream: pending[name] = [:]
            case .failure: continue
            }
        }
        return pending
    }

    /// Gives the groups for which it holds the error.
    fileprivate mutating func fail(where isConcerned: (GroupObservation) -> Bool, _ error: SampleError) {
        for (name, result) in self {
            guard case .success(var stream) = result, stream.groups.contains(where: isConcerned) else { continue }
            for index in stream.groups.indices where isConcerned(stream.groups[index]) {
                stream.groups[index].error = error
            }
            self[name] = .success(stream)
        }
    }

    fileprivate mutating func ingest(_ legs: [SweepLeg], of name: Name) {
        guard case .success(var stream) = self[name] else { return }
        let byGroup = [Name: SweepLeg](legs.map { ($0.group, $0) }) { $1 }
        stream.groups.removeAll { byGroup[$0.name]?.isGone == true }
        for index in stream.groups.indices {
            guard let leg = byGroup[stream.groups[index].name] else { continue }
            stream.groups[index].pendingPage = leg.page
            if let error = leg.error { stream.groups[index].error = error }
        }
        self[name] = .success(stream)
    }
}

extension RedisReply {
    /// The answer to `XPENDING key group start + count`.
    var pending: Result<[PendingEntry], SampleError> {
        do throws(SampleError) { return .success(try pendingList()) } catch { return .failure(error) }
    }
}
