/// What one poll took.
package struct PollCost: Equatable, Sendable {
    /// Of the busiest server, as far as it can be told from what the network takes.
    package var serverTime: Duration
    package var commands: UInt64
    package var bytes: UInt64

    package init(serverTime: Duration, commands: UInt64, bytes: UInt64) {
        self.serverTime = serverTime
        self.commands = commands
        self.bytes = bytes
    }
}
