package import StreamModel

/// How many entries were moved in the last sixty minutes.
package struct EntryLedger: Equatable, Codable, Sendable {
    private static let minute: Int64 = 60_000
    private static let minutes: Int64 = 60

    /// By the minute, since the epoch.
    private var counts: [Int64: Int] = [:]

    package init() {}

    /// A minute that is partly out of the hour counts as a whole: rather too few are moved than too many.
    package func spent(at now: Timestamp) -> Int {
        let oldest = now.milliseconds / Self.minute - Self.minutes
        return counts.reduce(0) { $1.key >= oldest ? $0 + $1.value : $0 }
    }

    /// `count` below 0: so many that were counted were not moved after all.
    package mutating func add(_ count: Int, at now: Timestamp) {
        let present = now.milliseconds / Self.minute
        counts = counts.filter { $0.key >= present - Self.minutes }
        counts[present, default: 0] += count
    }
}
