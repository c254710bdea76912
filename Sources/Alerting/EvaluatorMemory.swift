/// What the rules that compare one look with another have seen of one target.
///
/// Only what a restart of weir must not forget is written to state files.
package struct EvaluatorMemory: Equatable, Sendable {
    var nodes = NodeRules.Memory()
    var streams = StreamRules.Memory()
    var groups = GroupRules.Memory()

    package init() {}

    /// Whether nothing has been learned since `other` that cannot be learned again after a restart.
    package func outlasts(as other: EvaluatorMemory) -> Bool {
        groups.lost == other.groups.lost && groups.skipped == other.groups.skipped
            && streams.rollbacks == other.streams.rollbacks && streams.deadLetters == other.streams.deadLetters
    }
}

extension EvaluatorMemory: Codable {
    private enum CodingKeys: CodingKey {
        case streams, groups
    }
}
