import Alerting
import Platform

/// The numbers of rules, as they are written in settings.
enum RuleLimitText {
    /// Of `for` and its like.
    static let waitRange: ClosedRange<Duration> = .zero ... .seconds(30 * 86_400)
    static let durationRange: ClosedRange<Duration> = .milliseconds(1) ... .seconds(365 * 86_400)
    static let countRange = 1...1_000_000_000

    /// Reads how long something has to last, in milliseconds; it may be nothing.
    static func wait(_ node: YAMLNode) throws(Complaint) -> Int64 {
        try node.duration(in: waitRange, example: .seconds(300)).milliseconds
    }

    /// Reads a limit in the unit that it has; `usual` is its default, where it has one.
    static func parse(_ node: YAMLNode, as limit: RuleLimit, usual: Int64?) throws(Complaint) -> Int64 {
        switch limit.unit {
        case .duration where limit == .criticalFor:
            return try wait(node)
        case .duration:
            return try node.duration(in: durationRange, example: .milliseconds(usual ?? 60_000)).milliseconds
        case .count:
            return Int64(try node.number(in: countRange, example: Int(usual ?? 1000)))
        case .share:
            let share = try node.share()
            guard share >= 0.001 else {
                throw .outOfRange(Excerpt(try node.text()), range: "0.1% to 100%", example: "50%")
            }
            return Int64((share * 1000).rounded())
        }
    }
}
