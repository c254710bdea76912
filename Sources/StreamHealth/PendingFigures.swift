import StreamModel

/// What the rows of one sweep over a group's pending entries show.
struct PendingFigures: Equatable, Sendable {
    private(set) var rows: Int64 = 0
    /// Of entries that a consumer holds; nil where none does.
    @Compact private(set) var maxIdleMilliseconds: Int64?
    @Compact private(set) var maxDeliveries: Int64?
    private(set) var poison: Int64 = 0
    private(set) var nacked: Int64 = 0
    /// At least; nil where the stream's first entry was not known.
    @Compact private(set) var dangling: Int64? = 0
    private(set) var holdings: NameTable<HeldEntries> = [:]

    /// Takes more rows of the sweep.
    ///
    /// What was given back with XNACK has no idle time, and may have a delivery count that is no count: it stays out of
    /// all maxima.
    mutating func add(_ page: [PendingEntry], in stream: StreamObservation, poisonDeliveries: Int64) {
        for row in page {
            guard let consumer = row.consumer else {
                nacked += 1
                continue
            }
            let isPoison = row.deliveries >= poisonDeliveries
            if isPoison { poison += 1 }
            maxIdleMilliseconds = max(maxIdleMilliseconds ?? 0, row.idleMilliseconds)
            maxDeliveries = max(maxDeliveries ?? 0, row.deliveries)
            holdings[consumer, default: HeldEntries(lowest: row)].add(row)
        }
        rows += Int64(page.count)
        // An ID before the first entry is certainly gone; one after it may have been deleted singly. The first entry
        // of an earlier poll serves as well: the present one is no lower.
        let first = stream.length == 0 ? StreamID(milliseconds: .max, sequence: .max) : stream.counters?.firstEntryID
        dangling = first.flatMap { first in dangling.map { $0 + Int64(page.count { $0.id < first }) } }
    }

    /// All of it was so much younger.
    mutating func age(by milliseconds: Int64) {
        if let longest = maxIdleMilliseconds { maxIdleMilliseconds = longest + milliseconds }
        holdings.updateValues { $1.age(by: milliseconds) }
    }

    func isHeld(only isHolder: (Name) -> Bool) -> Bool { holdings.keys.allSatisfy(isHolder) }

    /// Forgets the consumers that are not among `holders`.
    mutating func keepHoldings(of holders: Set<Name>) {
        if holdings.keys.contains(where: { !holders.contains($0) }) {
            holdings = holdings.filter { holders.contains($0.key) }
        }
    }

    /// Of each figure the worse.
    func worse(_ other: PendingFigures) -> PendingFigures {
        var worse = self
        worse.rows = max(rows, other.rows)
        worse.maxIdleMilliseconds = larger(maxIdleMilliseconds, other.maxIdleMilliseconds)
        worse.maxDeliveries = larger(maxDeliveries, other.maxDeliveries)
        worse.poison = max(poison, other.poison)
        worse.nacked = max(nacked, other.nacked)
        worse.dangling = larger(dangling, other.dangling)
        worse.holdings.merge(other.holdings) { $0.worse($1) }
        return worse
    }

    private func larger(_ left: Int64?, _ right: Int64?) -> Int64? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}
