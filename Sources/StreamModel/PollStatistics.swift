/// What weir's own polling of one target has come to since the process started.
package struct PollStatistics: Equatable, Sendable {
    package var succeeded: UInt64 = 0
    package var failed: UInt64 = 0
    /// Turns that passed while an earlier poll was still under way: counted, not stacked.
    package var skipped: UInt64 = 0
    package var commands: UInt64 = 0
    package var bytesSent: UInt64 = 0
    package var bytesReceived: UInt64 = 0
    package var duration = Histogram(bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    package var roundTrip = Histogram(bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5])
    /// Wall clock of the last poll that succeeded.
    package var lastSuccess: Timestamp?

    package init() {}
}

extension PollStatistics {
    /// Adds what was sent to one server, and came back.
    package mutating func add(trafficOf node: PollStatistics) {
        commands += node.commands
        bytesSent += node.bytesSent
        bytesReceived += node.bytesReceived
        roundTrip.add(node.roundTrip)
    }
}
