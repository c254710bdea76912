import RedisClient
import StreamModel

extension NodeSampler {
    /// Asks for the consumers of every group seen, where they are not known yet.
    mutating func sampleConsumers(_ streams: inout SeenStreams) async throws(RedisClientError) {
        var questions: [(stream: Int, group: Int)] = []
        for (index, (_, stream)) in streams.enumerated() {
            for (group, observation) in stream.groups.enumerated()
            where observation.consumers == nil && observation.error == nil {
                if observation.consumerCount == 0 && observation.pending == 0 {
                    streams[index].stream.groups[group].consumers = []
                } else if let denial = denials["XINFO CONSUMERS"] {
                    streams[index].stream.groups[group].error = denial
                } else {
                    questions.append((index, group))
                }
            }
        }
        let batches = questions.batched(count: SamplingPlan.groupsPerBatch, limit: SamplingPlan.bytesPerBatch) {
            let consumers = streams[$0.stream].stream.groups[$0.group].consumerCount
            return Int(clamping: consumers) * SamplingPlan.bytesPerConsumer
        }
        var gone: Set<[Int]> = []
        for batch in batches {
            let commands = batch.map { question in
                let (name, stream) = streams[question.stream]
                let group = stream.groups[question.group].name
                return RedisCommand("XINFO", "CONSUMERS", key: name.bytes, then: [group.bytes])
            }
            for (question, reply) in zip(batch, try await exchange(commands).replies) {
                let isThere = streams[question.stream].stream.groups[question.group].ingestConsumers(reply)
                if !isThere { gone.insert([question.stream, question.group]) }
            }
        }
        // A group that was destroyed between the two round trips is no error, and no group any more.
        for index in Set(gone.map { $0[0] }) {
            let kept = streams[index].stream.groups.enumerated().filter { !gone.contains([index, $0.offset]) }
            streams[index].stream.groups = kept.map(\.element)
        }
    }
}

extension GroupObservation {
    /// Takes the answer to `XINFO CONSUMERS`; false where the group is gone.
    fileprivate mutating func ingestConsumers(_ reply: RedisReply) -> Bool {
        do {
            consumers = try reply.consumerList()
        } catch .noSuchGroup, .noSuchKey {
            return false
        } catch {
            self.error = error
        }
        return true
    }
}
