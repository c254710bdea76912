/// What remediation has come to since weir started.
package struct RemediationFigures: Equatable, Sendable {
    package struct Count: Equatable, Sendable {
        package var action: String
        package var result: String
        package var actions: UInt64
        package var entries: UInt64

        package init(action: String, result: String, actions: UInt64, entries: UInt64) {
            self.action = action
            self.result = result
            self.actions = actions
            self.entries = entries
        }
    }

    /// In order; no two of the same action and result.
    package var counts: [Count]
    package var isPaused: Bool

    package init(counts: [Count] = [], isPaused: Bool = false) {
        self.counts = counts
        self.isPaused = isPaused
    }
}
