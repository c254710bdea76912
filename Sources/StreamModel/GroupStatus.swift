/// How a consumer group fares.
///
/// The raw values are what the metrics and the API say.
package enum GroupStatus: String, Hashable, Sendable, CaseIterable {
    /// Nothing is wrong that weir could see.
    case ok
    /// Entries wait, and do not become fewer over a full window.
    case lagging
    /// Consumers are there and entries wait, but none was handed out for a full window.
    case stalled
    /// Entries wait, and no consumer was seen lately.
    case stopped
    /// No consumer was seen for a very long time.
    case abandoned
    /// Entries were removed from the stream before the group was given them.
    case losing
    /// Too little has been seen to tell.
    case unknown
}
