/// What the rules that compare one look with another have seen of one target.
///
/// Only what a restart of weir must not forget is written to state files.
package struct EvaluatorMemory: Equatable, Sendable {
    var nodes = NodeRules.Memory()
    var streams = StreamRules.Memory()
    var groups = GroupRules.Memory()

    package init() {}
}

extension EvaluatorMemory: Codable {
    private enum CodingKeys: CodingKey {
        case groups
    }
}
