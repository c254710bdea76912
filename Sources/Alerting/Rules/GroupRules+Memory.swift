import StreamModel

extension GroupRules {
    /// What is remembered from look to look of the groups of one target.
    struct Memory: Equatable, Sendable {
        /// Whether there was a look before: what had been counted by the first is no news.
        private(set) var hasLooked = false
        var lost = RiseTable()
        var skipped = RiseTable()

        mutating func endLook(_ snapshot: TargetSnapshot) {
            hasLooked = true
            lost.forgetGone(in: snapshot)
            skipped.forgetGone(in: snapshot)
        }
    }
}
