/// A count that may be unknown, in the 8 bytes of the count alone.
struct KnownCount: Equatable, Sendable {
    private var raw: Int64

    /// Counts are never below 0.
    init(_ count: Int64?) {
        raw = count.map { max(0, $0) } ?? -1
    }

    var value: Int64? { raw < 0 ? nil : raw }
}
