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

    /// `isAsking`: every other command says that the next one is about a key that another server is still responsible for.
    ///
    /// `read` is called on the connection's thread.
    init(
        _ requests: [RedisRequest], _ limit: PipelineLimit, on connection: RedisConnection, _ isAsking: Bool,
        _ read: @escaping @Sendable (Int, RedisExchange) -> Answer
    ) {
        self.requests = requests
        task = Task {
            do throws(RedisClientError) {
                return .success(
                    try await connection.exchange(requests, limit) { index, exchange in
                        var answered = exchange
                        if isAsking {
                            answered.replies = stride(from: 1, to: exchange.replies.count, by: 2).map {
                                exchange.replies[$0]
                            }
                        }
                        return Reading(answer: read(index, answered), of: exchange)
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
