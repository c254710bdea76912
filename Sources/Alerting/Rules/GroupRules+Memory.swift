import StreamModel

extension GroupRules {
    /// What is remembered from look to look of the groups of one target.
    struct Memory: Equatable, Sendable {
        /// Whether there was a look before: what had been counted by the first is no news.
        private(set) var hasLooked = false
        var lost = RiseTable()
        var skipped = RiseTable()
        /// By stream and group, those whose pending entries may be growing.
        var growing: [Name: [Name: PendingBaseline]] = [:]
        /// By stream, the groups whose lag was not known at the last look.
        var unknownLags: [Name: Set<Name>] = [:]

        mutating func endLook(_ snapshot: TargetSnapshot) {
            hasLooked = true
            lost.forgetGone(in: snapshot)
            skipped.forgetGone(in: snapshot)
        }
    }
}

/// Only what a restart must not forget: all else shows again within a window.
extension GroupRules.Memory: Codable {
    private enum CodingKeys: CodingKey {
        case hasLooked, lost, skipped
    }
}
