import RedisClient

/// Pipelines that have been sent, or wait for those before them to be answered.
struct PipelinesUnderWay<Answer: Sendable>: Sendable {
    /// What was made of one exchange, and what it took.
    struct Reading: Sendable {
        var answer: Answer
        /// By the commands' places.
        var errors: [Int: RedisErrorReply] = [:]
        var elapsed: Duration
        var followed: Bool
        var bytesSent: Int
        var bytesReceived: Int
    }

    /// As they are sent.
    let requests: [RedisRequest]
    private let task: Task<Result<[Reading], RedisClientError>, Never>

    /// `isAsking`: they are about keys that another server is still responsible for.
    ///
    /// `read` is called on the connection's thread, with the answers to `requests` alone.
    init(
        _ requests: [RedisRequest], _ limit: PipelineLimit, on connection: RedisConnection, isAsking: Bool,
        _ read: @escaping @Sendable (Int, RedisExchange) -> Answer
    ) {
        let sent = isAsking ? requests.map(\.asking) : requests
        self.requests = sent
        task = Task {
            do throws(RedisClientError) {
                return .success(
                    try await connection.exchange(sent, limit) { index, exchange in
                        Reading(answer: read(index, isAsking ? exchange.withoutAsking : exchange), of: exchange)
                    })
            } catch {
                return .failure(error)
            }
        }
    }

    /// Of those that were sent, once all are answered.
    func readings() async throws(RedisClientError) -> [Reading] { try await task.value.get() }
}

extension PipelinesUnderWay.Reading {
    fileprivate init(answer: Answer, of exchange: RedisExchange) {
        self.answer = answer
        elapsed = exchange.elapsed
        followed = exchange.followed
        bytesSent = exchange.bytesSent
        bytesReceived = exchange.bytesReceived
        for (index, reply) in exchange.replies.enumerated() where reply.isError { errors[index] = reply.error }
    }
}

extension RedisRequest {
    /// Each command after one that says that it is known whose the key still is.
    fileprivate var asking: RedisRequest {
        RedisRequest(commands.flatMap { [RedisCommand("ASKING"), $0] }, expectedBytes: expectedBytes)
    }
}

extension RedisExchange {
    /// Without the answers to what `asking` has added.
    fileprivate var withoutAsking: RedisExchange {
        var exchange = self
        exchange.replies = stride(from: 1, to: replies.count, by: 2).map { replies[$0] }
        return exchange
    }
}
