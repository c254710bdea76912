import StreamModel

/// The ages of the entries that one sweep over a group's pending entries has shown so far, by who holds them.
struct HoldSweep: Equatable, Sendable {
    private(set) var ages = SetAside()
    /// The age of the last row of the pages so far, when it was seen.
    private var youngestMilliseconds = Int64.max

    init() {}

    /// Takes the next page.
    ///
    /// The idle time of an entry that was delivered again, or given back, is not the time since it was delivered first.
    ///
    /// Entries grow older between two pages: those at the start of the next one have ages that the last one has covered.
    /// A sweep is one look at every age only if they are left out.
    mutating func add(_ rows: [PendingEntry]) {
        let limit = youngestMilliseconds
        var counted: [(consumer: Name, milliseconds: Int64)] = []
        counted.reserveCapacity(rows.count)
        for row in rows where row.deliveries == 1 {
            guard let consumer = row.consumer, row.idleMilliseconds <= limit else { continue }
            counted.append((consumer, row.idleMilliseconds))
            youngestMilliseconds = row.idleMilliseconds
        }
        ages.add(SetAside(single: counted) ?? Self.histograms(of: counted))
    }

    private static func histograms(of rows: [(consumer: Name, milliseconds: Int64)]) -> SetAside {
        var table: NameTable<AgeHistogram> = [:]
        for row in rows { table[row.consumer, default: AgeHistogram()].add(milliseconds: row.milliseconds) }
        return SetAside(table)
    }

    mutating func forget(heldFor age: Int64, of isMeant: (Name) -> Bool) {
        ages.remove(from: age, of: isMeant)
    }

    mutating func forget(_ consumers: [Name]) {
        ages.remove(consumers)
    }
}
