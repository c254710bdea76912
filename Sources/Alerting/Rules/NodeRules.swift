import StreamModel

/// The rules about the servers of a target, and about the target as a whole.
enum NodeRules {
    struct Memory: Equatable, Sendable {}

    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {}
}
