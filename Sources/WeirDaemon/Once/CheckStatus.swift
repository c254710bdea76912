import Terminal

/// How it stands, as a check says it: the raw values are exit statuses, as Nagios has them.
enum CheckStatus: Int32, Comparable, Sendable {
    case ok
    case warning
    case critical
    /// Redis, or the weir that was asked, cannot be read.
    case unknown

    var word: String {
        switch self {
        case .ok: "ok"
        case .warning: "warning"
        case .critical: "critical"
        case .unknown: "unknown"
        }
    }

    var ink: Ink {
        switch self {
        case .ok: .good
        case .warning: .warning
        case .critical, .unknown: .bad
        }
    }

    static func < (left: CheckStatus, right: CheckStatus) -> Bool {
        left.rawValue < right.rawValue
    }
}
