import StreamHealth

extension TargetMemory: StateContent {
    static let kind = "memory"
    static let version = 1
}
