import RedisClient
import StreamModel

extension NodeSampler {
    /// Asks for the consumers of every group seen, where they are not known yet.
    mutating func sampleConsumers(_ streams: inout SeenStreams) async throws(RedisClientError) {
        var questions: [(stream: Int, group: Int)] = []
        for index in streams.indices {
            for (group, observation) in streams[index].stream.groups.enumerated()
            where observation.consumers == nil && observation.error == nil {
                if observation.isBare {
                    streams[index].stream.groups[group].consumers = []
                } else if let denial = denials["XINFO CONSUMERS"] {
                    streams[index].stream.groups[group].error = denial
                } else {
                    questions.append((index, group))
                }
            }
        }
        let batches = questions.batched(count: SamplingPlan.groupsPerBatch, limit: SamplingPlan.bytesPerBatch) {
            streams[$0.stream].stream.groups[$0.group].expectedBytes
        }
        let requests = batches.map { batch in
            RedisRequest(
                batch.map { question in
                    let stream = streams[question.stream]
                    return .consumers(of: stream.stream.groups[question.group].name, in: stream.name)
                }, expectedBytes: batch.reduce(0) { $0 + streams[$1.stream].stream.groups[$1.group].expectedBytes })
        }
        let answers = try await exchange(requests) { _, exchange in exchange.replies.map(\.consumers) }
        var gone: Set<[Int]> = []
        for (question, answer) in zip(batches.joined(), answers.joined()) {
            let isThere = streams[question.stream].stream.groups[question.group].ingest(answer)
            if !isThere { gone.insert([question.stream, question.group]) }
        }
        // A group that was destroyed between the two round trips is no error, and no group any more.
        for index in Set(gone.map { $0[0] }) {
            let kept = streams[index].stream.groups.enumerated().filter { !gone.contains([index, $0.offset]) }
            streams[index].stream.groups = kept.map(\.element)
        }
    }
}

extension GroupObservation {
    /// What the answer to `XINFO CONSUMERS` is expected to take.
    var expectedBytes: Int { Int(clamping: consumerCount) * SamplingPlan.bytesPerConsumer }

    /// Takes the answer to `XINFO CONSUMERS`; false where the group is gone.
    fileprivate mutating func ingest(_ answer: Result<[ConsumerObservation], SampleError>) -> Bool {
        switch answer {
        case .success(let seen): consumers = seen
        case .failure(.noSuchGroup), .failure(.noSuchKey): return false
        case .failure(let error): self.error = error
        }
        return true
    }
}

extension RedisReply {
    /// The answer to `XINFO CONSUMERS`.
    fileprivate var consumers: Result<[ConsumerObservation], SampleError> {
        do throws(SampleError) { return .success(try consumerList()) } catch { return .failure(error) }
    }
}
