package import RedisClient
package import StreamModel

extension NodeSampler {
    /// Asks the server for its own figures, and its clock.
    mutating func sampleNode(
        at now: Timestamp
    ) async throws(RedisClientError) -> (NodeObservation, clockOffset: Int64?) {
        // One of them in any case: a server that is gone, or refuses all, is to be found out.
        let allowed = ["TIME", "INFO"].filter { denials[$0] == nil }
        let asked = allowed.isEmpty ? ["TIME"] : allowed
        let replies = try await exchange(asked.map { RedisCommand($0) }).replies
        var answers: [String: RedisReply] = [:]
        for (name, reply) in zip(asked, replies) {
            if let error = reply.error, denials[name] == nil { throw RedisClientError(error, to: name) }
            answers[name] = reply
        }
        let node = NodeObservation(info: String(decoding: answers["INFO"]?.bytes ?? [], as: UTF8.self))
        // INFO is answered while the data set is read from disk; nothing about the keys is.
        if node.persistence.loading == true { throw .loading }
        let time = answers["TIME"].flatMap { Timestamp(time: $0) }
        return (node, time?.milliseconds(since: now))
    }
}

extension Timestamp {
    /// Decodes `TIME`: seconds and microseconds.
    package init?(time reply: RedisReply) {
        let parts = (reply.elements ?? []).compactMap(\.bytes).map { Int64(String(decoding: $0, as: UTF8.self)) }
        // Beyond that it is no time, and would overflow.
        guard parts.count == 2, let seconds = parts[0], let microseconds = parts[1],
            (0...1_000_000_000_000).contains(seconds)
        else { return nil }
        self.init(milliseconds: seconds * 1000 + microseconds / 1000)
    }
}
