package import RedisClient
package import Remediation
import Sampling
package import StreamModel

/// Carries out orders on one server, on a connection of its own.
package struct Rescuer: Sendable {
    private let connection: RedisConnection
    /// Nil until it was asked; a server may be another one after the connection was lost.
    var knowsAutoclaim: Bool?

    /// The connection may be open or not.
    package init(connection: RedisConnection) {
        self.connection = connection
    }

    /// Does what is ordered as far as it can be done, and says what came of it.
    ///
    /// `now` is weir's clock, for `weir-at` alone: what counts for idle times is the server's.
    package mutating func carryOut(_ order: RemediationOrder, at now: Timestamp) async -> RemediationOutcome {
        var outcome = RemediationOutcome()
        do throws(RemediationOutcome.Obstacle) {
            switch order.task {
            case .claim(let consumer, let freshness):
                try await claim(order, to: consumer, freshness: freshness, &outcome)
            case .move(let destination, _, _, let hasProvenance):
                if order.isDryRun {
                    try await rehearseMove(order, to: destination, &outcome)
                } else {
                    try await move(order, to: destination, provenance: hasProvenance ? now : nil, &outcome)
                }
            case .forget(let names):
                try await forget(order, names, &outcome)
            }
        } catch {
            outcome.obstacle = error
            // What stopped it may be over the next time, and then nothing is to be left out.
            outcome.cursor = order.cursor
        }
        return outcome
    }

    /// The entries that the order is about, as far as one look goes.
    mutating func scan(_ order: RemediationOrder) async throws(RemediationOutcome.Obstacle) -> PendingScan {
        var scan = PendingScan(order)
        while let command = scan.command {
            scan.ingest(
                try await read(command) { (reply) throws(SampleError) in
                    try reply.pendingList()
                })
        }
        return scan
    }

    /// The answer to a command that changes nothing.
    mutating func read<Answer>(
        _ command: RedisCommand, _ decode: (RedisReply) throws(SampleError) -> Answer
    ) async throws(RemediationOutcome.Obstacle) -> Answer {
        let reply = try await ask([command])[0]
        if let error = reply.error { throw .init(error) }
        do throws(SampleError) {
            return try decode(reply)
        } catch {
            throw .server(error.description)
        }
    }

    /// The answers to commands that change nothing.
    ///
    /// Servers close connections that lie idle, and orders are rare: what only reads is asked again on a new one. Each
    /// order begins with such a command.
    mutating func ask(_ commands: [RedisCommand]) async throws(RemediationOutcome.Obstacle) -> [RedisReply] {
        if await connection.isOpen {
            do throws(RedisClientError) {
                return try await connection.pipeline(commands).replies
            } catch {
                switch error {
                case .closed, .brokenConnection: break
                default: throw await lost(error)
                }
            }
        }
        knowsAutoclaim = nil
        do throws(RedisClientError) {
            try await connection.open()
            return try await connection.pipeline(commands).replies
        } catch {
            throw await lost(error)
        }
    }

    /// The answer to a command that changes something: it is sent once.
    func tell(_ command: RedisCommand) async throws(RemediationOutcome.Obstacle) -> RedisReply {
        do throws(RedisClientError) {
            return try await connection.pipeline([command]).replies[0]
        } catch {
            throw await lost(error)
        }
    }

    /// Runs the script, which the server may have forgotten.
    func run(
        _ script: ServerScript, keys: [Name], _ arguments: [[UInt8]]
    ) async throws(RemediationOutcome.Obstacle) -> ScriptAnswer {
        if let command = script.shortCommand(keys, arguments) {
            let reply = try await tell(command)
            if reply.error?.code != "NOSCRIPT" { return try ScriptAnswer(value(of: reply)) }
        }
        return try ScriptAnswer(value(of: try await tell(script.wholeCommand(keys, arguments))))
    }

    /// The reply itself where it is no error.
    private func value(of reply: RedisReply) throws(RemediationOutcome.Obstacle) -> RedisReply {
        if let error = reply.error { throw .init(error) }
        return reply
    }

    private func lost(_ error: RedisClientError) async -> RemediationOutcome.Obstacle {
        await connection.close()
        return .connection(error.description)
    }
}
