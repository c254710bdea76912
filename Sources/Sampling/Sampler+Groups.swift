import RedisClient
import StreamModel

extension Sampler {
    /// One group of one stream of the batch, and how many rows of its pending entries to ask for.
    fileprivate struct Question {
        var stream: Int
        var group: Int
        var rows: Int
    }

    /// Asks for the consumers and the head of the pending entries of every group seen.
    mutating func sampleGroups(
        _ streams: inout [(name: Name, stream: StreamObservation)], _ budget: inout PollBudget
    ) async throws(RedisClientError) {
        var questions: [Question] = []
        for (index, (_, stream)) in streams.enumerated() {
            for (group, observation) in stream.groups.enumerated() {
                guard observation.consumerCount > 0 || observation.pending > 0 else {
                    streams[index].stream.groups[group].consumers = []
                    streams[index].stream.groups[group].pendingHead = []
                    continue
                }
                let rows = Int(
                    clamping: min(observation.pending, Int64(min(SamplingPlan.rowsPerGroup, budget.pendingRows))))
                budget.pendingRows -= rows
                questions.append(Question(stream: index, group: group, rows: rows))
            }
        }
        var gone: Set<[Int]> = []
        for batch in questions.batched() {
            let commands = batch.flatMap { question in
                let (name, stream) = streams[question.stream]
                return detailCommands(stream: name, group: stream.groups[question.group].name, rows: question.rows)
            }
            let exchange = try await exchange(commands)
            budget.serverTime -= serverTime(of: exchange)
            var replies = exchange.replies[...]
            for question in batch {
                let own = Array(replies.prefix(question.rows > 0 ? 2 : 1))
                replies = replies.dropFirst(own.count)
                let isThere = streams[question.stream].stream.groups[question.group].ingest(own)
                if !isThere { gone.insert([question.stream, question.group]) }
            }
        }
        // A group that was destroyed between the two round trips is no error, and no group any more.
        for index in streams.indices where gone.contains(where: { $0[0] == index }) {
            let kept = streams[index].stream.groups.enumerated().filter { !gone.contains([index, $0.offset]) }
            streams[index].stream.groups = kept.map(\.element)
        }
    }

    private func detailCommands(stream: Name, group: Name, rows: Int) -> [RedisCommand] {
        let consumers = RedisCommand("XINFO", "CONSUMERS", key: stream.bytes, then: [group.bytes])
        guard rows > 0 else { return [consumers] }
        let range = ["-", "+", String(rows)].map { Array($0.utf8) }
        return [consumers, RedisCommand("XPENDING", key: stream.bytes, then: [group.bytes] + range)]
    }
}

extension GroupObservation {
    /// Takes the answers to `XINFO CONSUMERS` and, where it was asked, `XPENDING`; false where the group is gone.
    fileprivate mutating func ingest(_ replies: [RedisReply]) -> Bool {
        do {
            consumers = try replies[0].list(of: "XINFO CONSUMERS") { (reply) throws(SampleError) in
                try ConsumerObservation(reply)
            }
            if replies.count > 1 {
                pendingHead = try replies[1].list(of: "XPENDING") { (reply) throws(SampleError) in
                    try PendingEntry(reply)
                }
            } else if pending == 0 {
                pendingHead = []
            }
        } catch .noSuchGroup, .noSuchKey {
            return false
        } catch {
            self.error = error
        }
        return true
    }
}

extension [Sampler.Question] {
    /// Cuts the questions into pipelines that are bounded in commands and in rows.
    fileprivate func batched() -> [[Element]] {
        var batches: [[Element]] = []
        var rows = 0
        for question in self {
            rows += question.rows
            if let last = batches.last, last.count < SamplingPlan.groupsPerBatch, rows <= SamplingPlan.rowsPerBatch {
                batches[batches.count - 1].append(question)
            } else {
                batches.append([question])
                rows = question.rows
            }
        }
        return batches
    }
}
