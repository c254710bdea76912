import RedisClient
import TestSupport

/// A client that outlives its server: it connects again for as long as the server is away.
struct PatientClient: Sendable {
    private let connection: RedisConnection

    init(_ server: RedisServer) throws {
        connection = try RedisConnection(endpoint: server.endpoint, timeout: .seconds(5))
    }

    /// The replies; nil where the connection was lost: whether the server has carried the commands out is not known.
    func send(_ commands: [[String]]) async throws -> [RedisReply]? {
        try await send(commands.map { RedisCommand($0.map { Array($0.utf8) }) })
    }

    func send(_ commands: [RedisCommand]) async throws -> [RedisReply]? {
        while await !connection.isOpen {
            do throws(RedisClientError) {
                try await connection.open()
            } catch {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        do throws(RedisClientError) {
            let replies = try await connection.pipeline(commands).replies
            // Still reading its data set: it has done nothing.
            if replies.contains(where: { $0.error?.code == "LOADING" }) {
                try? await Task.sleep(for: .milliseconds(10))
                return nil
            }
            return replies
        } catch {
            return nil
        }
    }

    /// The replies, the commands repeated until there are some: for what may be done twice.
    func sendUntilAnswered(_ commands: [[String]]) async throws -> [RedisReply] {
        while true {
            if let replies = try await send(commands) { return replies }
            try Task.checkCancellation()
        }
    }
}
