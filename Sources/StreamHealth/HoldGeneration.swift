import StreamModel

/// What the looks of one stretch of time have shown of how long a group's entries are held.
struct HoldGeneration: Equatable, Sendable {
    /// From so many rows of so many deliveries the next generation may go on.
    private static let (richRows, richDeliveries) = (40, 30.0)
    /// Unless more than this part of them is not known yet: those are the ones held for long.
    private static let mostAside = 0.2
    /// Of whom what was set aside becomes known: of what was held for less than `below`, in milliseconds.
    struct Credit {
        var consumer: Name
        var below = Int64.max
    }

    /// How many bins are kept of all that is known, and of what is set aside for one consumer.
    private static let (knownBins, asideBins) = (24, 20)

    private(set) var start: Timestamp
    /// The sum, over the looks, of the deliveries per second: the rows that were to be seen of each second of age, had
    /// all entries been held for longer.
    private(set) var exposure: Double
    /// How many deliveries the looks stand for.
    private(set) var deliveries: Double
    /// What was seen of consumers that have got something done since.
    private(set) var known: AgeHistogram
    /// What was seen of the others, whose entries may never be acknowledged.
    private(set) var aside = SetAside()

    init(start: Timestamp, exposure: Double = 0, deliveries: Double = 0, known: AgeHistogram = AgeHistogram()) {
        self.start = start
        self.exposure = exposure
        self.deliveries = deliveries
        self.known = known
    }

    /// Whether it is enough for an estimate that follows changes.
    var isRich: Bool {
        let rows = known.rows
        guard deliveries >= Self.richDeliveries, rows >= Self.richRows else { return false }
        let unknown = asideRows()
        return Double(unknown) <= Self.mostAside * Double(rows + unknown)
    }

    /// How many rows of at most that age are set aside.
    func asideRows(upTo milliseconds: Double = .infinity) -> Int {
        aside.rows(upTo: milliseconds)
    }

    /// Counts a look, which stands for `milliseconds`.
    mutating func count(deliveredPerSecond: Double, milliseconds: Int64) {
        exposure += deliveredPerSecond
        deliveries += deliveredPerSecond * Double(milliseconds) / 1000
    }

    mutating func setAside(_ sweep: HoldSweep) {
        aside.add(sweep.ages, limit: Self.asideBins)
    }

    /// Takes what was set aside for the consumers as known, and forgets the rest of it.
    mutating func credit(_ credits: [Credit]) {
        for credit in credits {
            if let ages = aside[credit.consumer] { known.add(ages.below(credit.below), limit: Self.knownBins) }
        }
        drop(credits.map(\.consumer))
    }

    mutating func forget(heldFor age: Int64, of isMeant: (Name) -> Bool) {
        aside.remove(from: age, of: isMeant)
    }

    /// Forgets what was set aside for the consumers.
    mutating func drop(_ consumers: [Name]) {
        aside.remove(consumers)
    }
}

/// Without what is set aside: of who holds it, nothing is known after a restart.
extension HoldGeneration: Codable {
    private enum CodingKeys: String, CodingKey {
        case start, exposure, deliveries, known
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let packed = try container.decode([UInt32].self, forKey: .known)
        guard let known = AgeHistogram(packed: packed) else {
            throw DecodingError.dataCorruptedError(
                forKey: .known, in: container, debugDescription: "\(packed) is no histogram")
        }
        self.init(
            start: try container.decode(Timestamp.self, forKey: .start),
            exposure: try container.decode(Double.self, forKey: .exposure),
            deliveries: try container.decode(Double.self, forKey: .deliveries), known: known)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(start, forKey: .start)
        try container.encode(exposure, forKey: .exposure)
        try container.encode(deliveries, forKey: .deliveries)
        try container.encode(known.packed, forKey: .known)
    }
}
