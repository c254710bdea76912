import StreamModel

/// The rules about consumer groups and what they hold.
enum GroupRules {
    struct Memory: Equatable, Sendable {}

    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {}
}
