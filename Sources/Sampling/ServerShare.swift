/// weir's share of the server's time: what a poll may take, and what was taken too much.
struct ServerShare: Sendable {
    /// What an overspent poll takes off the later ones at the most, in polls: a server that stood still for a second must
    /// not leave the streams unseen for a minute.
    private static let longestDebt = 2

    private let perPoll: Duration
    /// The quickest exchange so far: what the network takes, as against the server.
    private var networkTime = Duration.seconds(1)
    /// What the present poll may still take; below zero where it took more.
    private(set) var left = Duration.zero
    private var debt = Duration.zero

    init(perPoll: Duration) {
        self.perPoll = perPoll
    }

    var isSpent: Bool { left <= .zero }

    /// Gives the poll that begins its time.
    mutating func beginPoll() {
        debt = min(debt + max(.zero, .zero - left), perPoll * Self.longestDebt)
        left = perPoll - debt
        debt = max(.zero, .zero - left)
        left = max(.zero, left)
    }

    /// Accounts for an exchange, and says what of it was the server's time.
    @discardableResult
    mutating func charge(_ elapsed: Duration) -> Duration {
        networkTime = min(networkTime, elapsed)
        left -= elapsed - networkTime
        return elapsed - networkTime
    }
}
