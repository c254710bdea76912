import StreamModel

/// What the rows of one sweep over a group's pending entries show.
struct PendingFigures: Equatable, Sendable {
    private(set) var rows: Int64 = 0
    private var maxIdle = KnownCount(nil)
    private var mostDeliveries = KnownCount(nil)
    private(set) var poison: Int64 = 0
    private(set) var nacked: Int64 = 0
    private var danglingRows = KnownCount(0)
    private(set) var holdings: NameTable<HeldEntries> = [:]

    /// Of entries that a consumer holds; nil where none does.
    var maxIdleMilliseconds: Int64? { maxIdle.value }
    var maxDeliveries: Int64? { mostDeliveries.value }
    /// At least; nil where the stream's first entry was not known.
    var dangling: Int64? { danglingRows.value }

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
            maxIdle = KnownCount(max(maxIdleMilliseconds ?? 0, row.idleMilliseconds))
            mostDeliveries = KnownCount(max(maxDeliveries ?? 0, row.deliveries))
            holdings[consumer, default: HeldEntries(lowest: row)].add(row)
        }
        rows += Int64(page.count)
        // An ID before the first entry is certainly gone; one after it may have been deleted singly. The first entry
        // of an earlier poll serves as well: the present one is no lower.
        let first = stream.length == 0 ? StreamID(milliseconds: .max, sequence: .max) : stream.counters?.firstEntryID
        danglingRows = KnownCount(first.flatMap { first in dangling.map { $0 + Int64(page.count { $0.id < first }) } })
    }

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
        worse.maxIdle = larger(maxIdleMilliseconds, other.maxIdleMilliseconds)
        worse.mostDeliveries = larger(maxDeliveries, other.maxDeliveries)
        worse.poison = max(poison, other.poison)
        worse.nacked = max(nacked, other.nacked)
        worse.danglingRows = larger(dangling, other.dangling)
        worse.holdings.merge(other.holdings) { $0.worse($1) }
        return worse
    }

    private func larger(_ left: Int64?, _ right: Int64?) -> KnownCount {
        guard let left, let right else { return KnownCount(left ?? right) }
        return KnownCount(max(left, right))
    }
}
