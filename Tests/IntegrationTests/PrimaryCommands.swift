import RedisClient
import TestSupport

/// Says what a test needs said to whichever server the sentinels name as the primary.
actor PrimaryCommands: CommandSending {
    private let stage: TestSentinels
    private var client: ServerCommands?

    init(_ stage: TestSentinels) {
        self.stage = stage
    }

    func send(_ arguments: [[UInt8]]) async throws -> RedisReply {
        do {
            let client = try await current
            self.client = client
            return try await client.send(arguments)
        } catch {
            client = nil
            throw error
        }
    }

    private var current: ServerCommands {
        get async throws {
            if let client { return client }
            return try await stage.primary().client()
        }
    }
}
