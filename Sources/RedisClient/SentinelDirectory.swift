/// Asks sentinels where the primary is, over a connection that it keeps to one of them.
///
/// As Redis' guidelines for clients of Sentinel have it: one after the other, each for a short time, and first the one
/// that has answered last. It belongs to one task; the dialer's `interrupt` ends a lookup from elsewhere.
package struct SentinelDirectory: Sendable {
    private let primaryName: String
    private let dialer: RedisDialer
    /// In the order in which they are asked.
    private var sentinels: [RedisEndpoint]
    /// To the first of them, once it has answered.
    private var connection: RedisConnection?

    /// A sentinel that does not answer costs the dialer's timeout.
    package init(_ topology: SentinelTopology, dialer: RedisDialer) {
        primaryName = topology.primaryName
        self.dialer = dialer
        sentinels = topology.sentinels.map { sentinel in
            var sentinel = sentinel
            // Sentinels have no databases, and do not know SELECT.
            sentinel.database = 0
            return sentinel
        }
    }

    /// The address of the primary that the first sentinel knows which answers.
    ///
    /// A sentinel that names one of `refuted`, which were asked and are no primaries, is passed over: it may be cut off
    /// from the others, or not have heard yet. Throws `noPrimaryNamed` where all are passed over, or `interrupted`.
    package mutating func primary(
        except refuted: Set<RedisEndpoint.Address> = []
    ) async throws(RedisClientError) -> RedisEndpoint.Address {
        var failures: [SentinelFailure] = []
        for (index, sentinel) in sentinels.enumerated() {
            do throws(SentinelFailure.Cause) {
                let primary = try await primary(accordingTo: sentinel)
                if refuted.contains(primary) { throw .refuted(primary) }
                sentinels.insert(sentinels.remove(at: index), at: 0)
                return primary
            } catch {
                connection = nil
                if dialer.isInterrupted { throw .interrupted }
                failures.append(SentinelFailure(sentinel: sentinel.node, cause: error))
            }
        }
        throw .noPrimaryNamed(primaryName, by: failures)
    }

    private mutating func primary(
        accordingTo sentinel: RedisEndpoint
    ) async throws(SentinelFailure.Cause) -> RedisEndpoint.Address {
        let command = RedisCommand("SENTINEL", "get-master-addr-by-name", primaryName)
        let reply: RedisReply
        do throws(RedisClientError) { reply = try await answer(of: sentinel, to: command) } catch {
            throw .failed(error)
        }
        if let error = reply.error {
            if error.message.hasPrefix("ERR unknown command") { throw .notSentinel }
            throw .failed(RedisClientError(error, to: command.name))
        }
        if reply == .null { throw .unknownName }
        guard let parts = reply.elements, parts.count > 1, let host = parts[0].bytes, !host.isEmpty,
            let port = parts[1].bytes.flatMap({ UInt16(String(decoding: $0, as: UTF8.self)) })
        else { throw .failed(.unexpectedAnswer(command: command.name, what: "no host and port")) }
        return .tcp(host: String(decoding: host, as: UTF8.self), port: port)
    }

    private mutating func answer(
        of sentinel: RedisEndpoint, to command: RedisCommand
    ) async throws(RedisClientError) -> RedisReply {
        let deadline = ContinuousClock.now + dialer.timeout
        if let connection, connection.endpoint == sentinel, !connection.isInterrupted {
            do throws(RedisClientError) {
                return try await connection.pipeline([command]).replies[0]
            } catch {
                switch error {
                // As one that has been restarted, or does not keep those who are silent; or the limit below came late.
                case .closed, .brokenConnection, .interrupted: break
                default: throw error
                }
            }
        }
        let connection = try dialer.connection(to: sentinel)
        // Connecting, each command of the login and the question have a timeout each.
        let limit = Task {
            try await Task.sleep(until: deadline, tolerance: .zero)
            connection.interrupt()
        }
        defer { limit.cancel() }
        do throws(RedisClientError) {
            try await connection.open()
            let reply = try await connection.pipeline([command]).replies[0]
            self.connection = connection
            return reply
        } catch {
            throw error == .interrupted ? .timedOut(after: dialer.timeout) : error
        }
    }
}
