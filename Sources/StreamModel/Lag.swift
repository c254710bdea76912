/// How many entries a group has still to be given.
///
/// What is not known is nil where this is used, never 0.
package struct Lag: Equatable, Codable, Sendable {
    package var entries: Int64
    /// The truth lies within this many entries of `entries`; 0 where it is exact.
    package var uncertainty: Int64

    package init(entries: Int64, uncertainty: Int64) {
        self.entries = entries
        self.uncertainty = uncertainty
    }

    package static func exact(_ entries: Int64) -> Lag {
        Lag(entries: entries, uncertainty: 0)
    }

    package var isExact: Bool { uncertainty == 0 }

    /// Whether it is known to a tenth: near enough to tell whether it grows, and to reckon with.
    package var isNearlyExact: Bool { uncertainty <= entries / 10 }
}
