import RedisClient
import StreamModel

extension Sampler {
    /// Asks for the consumers of every group seen.
    mutating func sampleGroups(
        _ streams: inout [(name: Name, stream: StreamObservation)], _ budget: inout PollBudget
    ) async throws(RedisClientError) {
        var questions: [(stream: Int, group: Int)] = []
        for (index, (_, stream)) in streams.enumerated() {
            for (group, observation) in stream.groups.enumerated() {
                if observation.consumerCount > 0 || observation.pending > 0 {
                    questions.append((index, group))
                } else {
                    streams[index].stream.groups[group].consumers = []
                }
            }
        }
        var gone: Set<[Int]> = []
        for start in stride(from: 0, to: questions.count, by: SamplingPlan.groupsPerBatch) {
            let batch = questions[start..<min(questions.count, start + SamplingPlan.groupsPerBatch)]
            let commands = batch.map { question in
                let (name, stream) = streams[question.stream]
                let group = stream.groups[question.group].name
                return RedisCommand("XINFO", "CONSUMERS", key: name.bytes, then: [group.bytes])
            }
            let exchange = try await exchange(commands)
            budget.serverTime -= serverTime(of: exchange)
            for (question, reply) in zip(batch, exchange.replies) {
                let isThere = streams[question.stream].stream.groups[question.group].ingestConsumers(reply)
                if !isThere { gone.insert([question.stream, question.group]) }
            }
        }
        // A group that was destroyed between the two round trips is no error, and no group any more.
        for index in streams.indices where gone.contains(where: { $0[0] == index }) {
            let kept = streams[index].stream.groups.enumerated().filter { !gone.contains([index, $0.offset]) }
            streams[index].stream.groups = kept.map(\.element)
        }
    }
}

extension GroupObservation {
    /// Takes the answer to `XINFO CONSUMERS`; false where the group is gone.
    fileprivate mutating func ingestConsumers(_ reply: RedisReply) -> Bool {
        do {
            consumers = try reply.list(of: "XINFO CONSUMERS") { (reply) throws(SampleError) in
                try ConsumerObservation(reply)
            }
        } catch .noSuchGroup, .noSuchKey {
            return false
        } catch {
            self.error = error
        }
        return true
    }
}
