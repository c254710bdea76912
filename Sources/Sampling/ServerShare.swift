/// weir's share of the server's time: what a poll and the discovery after it may take, and what was taken too much.
struct ServerShare: Sendable {
    /// What an overspent poll takes off the later ones at the most, in polls: a server that stood still for a second must
    /// not leave the streams unseen for a minute.
    private static let longestDebt = 2

    private let perPoll: Duration
    /// The quickest exchange so far: what the network takes, as against the server.
    private(set) var networkTime = Duration.seconds(1)
    /// What the present poll, or the discovery after it, may still take; below zero where it took more.
    private(set) var left = Duration.zero
    private var reserved = Duration.zero
    private var debt = Duration.zero

    init(perPoll: Duration) {
        self.perPoll = perPoll
    }

    var isSpent: Bool { left <= .zero }

    /// What discovery may take until the next poll: what the last one left, and a quarter in any case, which the next one
    /// pays back where it was not reserved.
    var forDiscovery: Duration { max(left, perPoll / 4) }

    /// Gives the poll that begins its time, a quarter less where discovery is to go on after it.
    mutating func beginPoll(reservingForDiscovery reserves: Bool) {
        debt = min(debt + max(.zero, .zero - left), perPoll * Self.longestDebt)
        reserved = reserves ? perPoll / 4 : .zero
        left = perPoll - reserved - debt
        debt = max(.zero, .zero - left)
        left = max(.zero, left)
    }

    /// What the poll left, and what was reserved, is discovery's until the next.
    mutating func endPoll() {
        debt += max(.zero, .zero - left)
        left = max(.zero, left) + reserved
        reserved = .zero
    }

    /// Accounts for an exchange; for one that followed another without a pause, no time was the network's.
    mutating func charge(_ elapsed: Duration, followed: Bool = false) {
        if followed { return left -= elapsed }
        networkTime = min(networkTime, elapsed)
        left -= elapsed - networkTime
    }
}
