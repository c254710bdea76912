import Remediation
import StateFiles

/// What a restart must not forget of remediation.
struct RemediationMemory: StateContent {
    static let kind = "remediation"
    static let version = 1
    static let file = StateFile<RemediationMemory>()

    /// What was moved within the last hour.
    var budget = RemediationBudget()
    /// By target.
    var planners: [String: PlannerMemory] = [:]
    var news = ActionNews()
}
