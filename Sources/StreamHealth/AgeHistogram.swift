/// How many pending entries were seen at which age, in few bytes: only the bins that hold something are stored.
///
/// Up to 32 ms each millisecond has its bin, above that each doubling has 16: an age is known to a sixteenth or better.
struct AgeHistogram: Equatable, Sendable {
    /// What lies in one bin.
    struct Bin: Equatable, Sendable {
        var index: Int
        var rows: Int

        /// All its rows where it is the bin of that age or one before it.
        func rows(upTo milliseconds: Double) -> Int {
            Double(AgeHistogram.lowerBound(of: index)) <= milliseconds ? rows : 0
        }
    }

    private static let stepBits = 4
    /// Above 2^30 ms, more than twelve days, ages are all one.
    private static let ageBits = 30
    private static let binCount = (ageBits - stepBits + 1) << stepBits
    private static let rowBits = 23
    private static let mostRows = 1 << rowBits - 1
    /// An array that doubles would leave up to half of itself unused, in every group.
    private static let growth = 4

    /// The bins that hold something, by age: index * 2^23 + rows.
    private(set) var packed: [UInt32] = []

    init() {}

    /// Restores what `packed` said; nil where it cannot have been that.
    init?(packed: [UInt32]) {
        let bins = packed.map(Self.unpack)
        guard bins.allSatisfy({ $0.index < Self.binCount && $0.rows > 0 }),
            zip(bins, bins.dropFirst()).allSatisfy({ $0.index < $1.index })
        else { return nil }
        self.packed = packed
    }

    /// What `packed` said, which is not looked at again.
    init(unchecked packed: [UInt32]) {
        self.packed = packed
    }

    /// The bins that hold something, by age.
    var bins: some Sequence<Bin> { packed.lazy.map(Self.unpack) }
    var isEmpty: Bool { packed.isEmpty }
    var rows: Int { packed.reduce(0) { $0 + Self.unpack($1).rows } }

    /// How many rows are in the bin of that age and those before it.
    func rows(upTo milliseconds: Double) -> Int {
        bins.reduce(0) { $0 + $1.rows(upTo: milliseconds) }
    }

    /// The bins all of whose ages are below that.
    func below(_ milliseconds: Int64) -> AgeHistogram {
        AgeHistogram(unchecked: packed.filter { Self.bounds(of: Self.unpack($0).index).upperBound <= milliseconds })
    }

    /// The ages in milliseconds that fall into a bin.
    static func bounds(of index: Int) -> Range<Int64> {
        lowerBound(of: index)..<lowerBound(of: index + 1)
    }

    mutating func add(milliseconds age: Int64) {
        add(Bin(index: Self.index(of: age), rows: 1))
    }

    /// Adds the other's rows, and joins bins where there would be more than `limit`.
    mutating func add(_ other: AgeHistogram, limit: Int) {
        for bin in other.bins {
            add(bin)
            compact(to: limit)
        }
    }

    /// Joins bins until there are no more than `limit`, each time the two neighbours whose rows this makes the least
    /// older.
    ///
    /// How many rows there are up to the end of a bin that stays is not changed by it.
    mutating func compact(to limit: Int) {
        while packed.count > max(limit, 1) {
            var least = (cost: Double.infinity, place: 0)
            for place in packed.indices.dropLast() {
                let (bin, next) = (Self.unpack(packed[place]), Self.unpack(packed[place + 1]))
                let shift = Self.lowerBound(of: next.index + 1) - Self.lowerBound(of: bin.index + 1)
                let cost = Double(bin.rows) * Double(shift)
                if cost < least.cost { least = (cost, place) }
            }
            let joined = Self.unpack(packed.remove(at: least.place))
            var bin = Self.unpack(packed[least.place])
            bin.rows += joined.rows
            packed[least.place] = Self.pack(bin)
        }
    }

    /// The rows of both.
    func merged(with other: AgeHistogram) -> AgeHistogram {
        if isEmpty { return other }
        var merged = self
        merged.packed.reserveCapacity(packed.count + other.packed.count)
        for bin in other.bins { merged.add(bin) }
        return merged
    }

    private mutating func add(_ bin: Bin) {
        let start = Self.pack(Bin(index: bin.index, rows: 0))
        var (low, high) = (0, packed.count)
        while low < high {
            let middle = (low + high) / 2
            if packed[middle] < start { low = middle + 1 } else { high = middle }
        }
        if low < packed.count, case var present = Self.unpack(packed[low]), present.index == bin.index {
            present.rows += bin.rows
            packed[low] = Self.pack(present)
        } else {
            if packed.count == packed.capacity { packed.reserveCapacity(packed.count + Self.growth) }
            packed.insert(Self.pack(bin), at: low)
        }
    }

    private static func index(of age: Int64) -> Int {
        let age = Int(min(max(age, 0), 1 << ageBits - 1))
        let doublings = max(0, Int.bitWidth - age.leadingZeroBitCount - 1 - stepBits)
        return doublings << stepBits + age >> doublings
    }

    private static func lowerBound(of index: Int) -> Int64 {
        let doublings = max(0, index >> stepBits - 1)
        return Int64(index - doublings << stepBits) << doublings
    }

    /// More rows than there is room for are as many as there is room for.
    private static func pack(_ bin: Bin) -> UInt32 {
        UInt32(bin.index << rowBits | min(bin.rows, mostRows))
    }

    /// The bin of one row of that age.
    static func packed(row age: Int64) -> UInt32 { pack(Bin(index: index(of: age), rows: 1)) }

    /// The rows of the same bin twice.
    static func sum(_ bin: UInt32, _ other: UInt32) -> UInt32 {
        let (one, two) = (unpack(bin), unpack(other))
        return pack(Bin(index: one.index, rows: one.rows + two.rows))
    }

    static func unpack(_ packed: UInt32) -> Bin {
        Bin(index: Int(packed) >> rowBits, rows: Int(packed) & mostRows)
    }
}
