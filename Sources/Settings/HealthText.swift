import Platform
import StreamHealth

/// The bounds of the thresholds of health, and how each is read.
enum HealthText {
    static let windowRange: ClosedRange<Duration> = .seconds(1) ... .seconds(86_400)
    static let staleAfterRange: ClosedRange<Duration> = .seconds(1) ... .seconds(30 * 86_400)
    static let abandonedAfterRange: ClosedRange<Duration> = .seconds(60) ... .seconds(365 * 86_400)
    static let poisonDeliveriesRange = 1...1_000_000_000
    /// A window has at least so many intervals: with fewer polls in it there is nothing to compare.
    static let leastIntervals = 3
    private static let usual = HealthThresholds()

    static func window(_ node: YAMLNode) throws(Complaint) -> Int64 {
        try milliseconds(node, in: windowRange, example: usual.windowMilliseconds)
    }

    /// Nil for `auto`.
    static func staleAfter(_ node: YAMLNode) throws(Complaint) -> Int64? {
        let text = try node.text(.staleAfter)
        if text == "auto" { return nil }
        do throws(Complaint) {
            return try milliseconds(node, in: staleAfterRange, example: usual.staleAfterMilliseconds)
        } catch .notA(.duration, let shown) {
            throw .notA(.staleAfter, shown)
        }
    }

    static func abandonedAfter(_ node: YAMLNode) throws(Complaint) -> Int64 {
        try milliseconds(node, in: abandonedAfterRange, example: usual.abandonedAfterMilliseconds)
    }

    static func poisonDeliveries(_ node: YAMLNode) throws(Complaint) -> Int64 {
        Int64(try node.number(in: poisonDeliveriesRange, example: Int(usual.poisonDeliveries)))
    }

    private static func milliseconds(
        _ node: YAMLNode, in range: ClosedRange<Duration>, example: Int64
    ) throws(Complaint) -> Int64 {
        try node.duration(in: range, example: .milliseconds(example)).milliseconds
    }
}
