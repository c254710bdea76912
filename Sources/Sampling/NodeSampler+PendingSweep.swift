import RedisClient
import StreamModel

extension NodeSampler {
    /// Goes on with the sweep over the pending entries of the groups seen, as far as the poll's rows and time reach.
    ///
    /// Where a page begins is known only from the one before: a group's pages come one after the other, and those of
    /// many groups together. The places are kept only at the end, so that what was read by a poll that fails is read
    /// again.
    mutating func sweepPending(_ seen: inout SeenStreams) async throws(RedisClientError) {
        if let denial = denials["XPENDING"] { return seen.failPending(denial) }
        let lists = seen.enumerated().compactMap { place, seen in
            // What has not changed since the last sweep is known.
            seen.isSwept
                ? nil
                : PendingSweep.Lists(
                    stream: seen.name, place: place,
                    groups: seen.stream.groups.map { ($0.name, $0.pendingPage == nil ? $0.pending : 0) })
        }
        var legs = sweep.legs(over: lists, rows: plan.pendingRows)
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
        seen.ingest(legs, sharing: &names)
    }
}

extension SeenStreams {
    /// Gives the groups that have pending entries the error.
    fileprivate mutating func failPending(_ error: SampleError) {
        for stream in indices {
            for group in self[stream].stream.groups.indices where self[stream].stream.groups[group].pending > 0 {
                self[stream].stream.groups[group].error = error
            }
        }
    }

    fileprivate mutating func ingest(_ legs: [SweepLeg], sharing names: inout Set<Name>) {
        var gone: [Int: Set<Name>] = [:]
        for leg in legs {
            let (stream, group) = (leg.origin.stream, leg.origin.group)
            if leg.isGone { gone[stream, default: []].insert(leg.group) }
            self[stream].stream.groups[group].pendingPage = leg.page?.sharing(&names)
            if let error = leg.error { self[stream].stream.groups[group].error = error }
        }
        for (stream, groups) in gone { self[stream].stream.groups.removeAll { groups.contains($0.name) } }
    }
}

extension PendingPage {
    /// With the consumers' names as `names` has them: a thousand copies would be kept otherwise.
    fileprivate consuming func sharing(_ names: inout Set<Name>) -> PendingPage {
        var last: (own: Name, shared: Name)?
        for index in rows.indices {
            guard let own = rows[index].consumer else { continue }
            if last?.own != own { last = (own, names.insert(own).memberAfterInsert) }
            rows[index].consumer = last?.shared
        }
        return self
    }
}

extension RedisReply {
    /// The answer to `XPENDING key group start + count`.
    var pending: Result<[PendingEntry], SampleError> {
        do throws(SampleError) { return .success(try pendingList()) } catch { return .failure(error) }
    }
}
