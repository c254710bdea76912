/// Commands that are sent, answered and accounted for together.
package struct RedisRequest: Sendable {
    package var commands: [RedisCommand]
    /// What the replies are expected to take; 0: not worth counting.
    package var expectedBytes: Int

    package init(_ commands: [RedisCommand], expectedBytes: Int = 0) {
        self.commands = commands
        self.expectedBytes = expectedBytes
    }
}
