import StreamModel

/// How much was pending when more began to be delivered than acknowledged.
struct PendingBaseline: Equatable, Sendable {
    var entries: Int64
    var since: Timestamp
}
