/// How far remediation may go.
package enum RemediationMode: String, Comparable, CaseIterable, Sendable {
    case off
    /// It finds out and says what it would do, and changes nothing.
    case dryRun = "dry-run"
    case act

    package static func < (left: RemediationMode, right: RemediationMode) -> Bool {
        left.order < right.order
    }

    private var order: Int {
        switch self {
        case .off: 0
        case .dryRun: 1
        case .act: 2
        }
    }
}
