/// What may still be moved within an hour, and, so that a dry run shows the pace too, what it may still show.
package struct RemediationBudgets: Equatable, Sendable {
    package var act = RemediationBudget()
    package var dryRun = RemediationBudget()

    package init() {}

    subscript(isDryRun: Bool) -> RemediationBudget {
        get { isDryRun ? dryRun : act }
        set {
            if isDryRun { dryRun = newValue } else { act = newValue }
        }
    }
}
