/// How bad something is.
///
/// The raw values are what alerts say.
package enum Severity: String, Codable, CaseIterable, Comparable, Sendable {
    /// To be known, not to be acted on.
    case info
    /// To be looked at in working hours.
    case warning
    /// To be woken up for.
    case critical

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rank < right.rank
    }
}
