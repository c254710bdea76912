/// What a consumer's status is decided by.
struct ConsumerFacts: Equatable, Sendable {
    /// How many entries it holds.
    var pending: Int64
    /// As the server says it: since its last attempt, and before Redis 7.2 since its last success.
    var idleMilliseconds: Int64
    /// Since its last success; nil: never, and before Redis 7.2.
    var inactiveMilliseconds: Int64?
    /// The longest idle time of the entries that it holds; nil where none was looked at.
    var longestHeldMilliseconds: Int64?
    /// Since it was first seen holding entries, without a break.
    var holdingMilliseconds: Int64?
    /// Since it last got some of them done; nil: not seen.
    var progressMilliseconds: Int64?
    /// Something was delivered to the group within the window.
    var hasGroupMoved: Bool
    /// For how long idle times are evidence.
    var trustedMilliseconds: Int64
}
