/// What one group asks of a poll's pending rows.
struct SweepClaim: Equatable, Sendable {
    /// Its pending entries.
    var entries: Int
    /// What the sweep under way has still to see of them; all where a new one is due.
    var left: Int
    /// The longest idle time that the sweep has seen in it.
    var longestIdleMilliseconds: Int64
    /// The poll that last looked at it.
    var lastTurn: UInt64

    init(entries: Int, left: Int, longestIdleMilliseconds: Int64, lastTurn: UInt64) {
        self.entries = entries
        self.left = left
        self.longestIdleMilliseconds = longestIdleMilliseconds
        self.lastTurn = lastTurn
    }

    /// No more than this for one group in one poll.
    private static let limit = SamplingPlan.rowsPerCommand * SamplingPlan.commandsPerGroup

    /// Shares out `total` rows: how many each claim is given, in the claims' order.
    static func share(_ total: Int, among claims: [SweepClaim]) -> [Int] {
        var rows = Array(repeating: 0, count: claims.count)
        var left = total

        // Whoever needs no more than an equal share gets all of its entries, the smallest first: that leaves more to
        // the others.
        var large = claims.indices.sorted { (claims[$0].entries, $0) < (claims[$1].entries, $1) }[...]
        while let index = large.first, claims[index].entries <= min(left / large.count, limit) {
            rows[index] = claims[index].entries
            left -= rows[index]
            large.removeFirst()
        }
        guard left > 0, !large.isEmpty else { return rows }

        // Half of the rest goes round. Pages are not cut up among ever so many groups: some wait for the next poll.
        let half = (left + 1) / 2
        let page = min(half, limit, max(SamplingPlan.rowsPerCommand, half / large.count))
        var unspent = half
        for index in large.sorted(by: { (claims[$0].lastTurn, $0) < (claims[$1].lastTurn, $1) }) {
            let wanted = min(claims[index].left, page)
            guard wanted <= unspent else { break }
            rows[index] = wanted
            unspent -= wanted
        }
        left -= half - unspent

        // The other half, and what nobody needed of the first, goes to the troubled.
        let troubledFirst = large.sorted {
            (claims[$1].longestIdleMilliseconds, $0) < (claims[$0].longestIdleMilliseconds, $1)
        }
        for index in troubledFirst {
            let wanted = min(claims[index].left, limit) - rows[index]
            // A scrap would count as a group's turn, and cost it a whole page.
            guard rows[index] > 0 || left >= min(wanted, page) else { continue }
            let given = min(wanted, left)
            rows[index] += given
            left -= given
        }
        return rows
    }
}
