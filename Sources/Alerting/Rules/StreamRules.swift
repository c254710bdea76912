import StreamModel

/// The rules about streams.
enum StreamRules {
    struct Memory: Equatable, Sendable {}

    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {}
}
