import StreamModel

/// What a poll brought that concerns every stream of one server.
struct PollContext {
    /// When the poll began and ended, on weir's clock.
    var started: Timestamp
    var now: Timestamp
    /// The server's name; nil for a stream that no server is known to hold.
    var node: String?
    /// The server's clock at `now`; nil where it would not tell.
    var serverTime: Timestamp?
    var server: ServerIdentity?
    /// The runs of all the target's servers that were seen.
    var runIDs: Set<String>
    /// Whether a run that is not among `runIDs` is over, and its data not merely out of sight.
    var isRunKnown: Bool
    var consumerSeries: Int
    /// Whether what decides about the groups is as it was at the last poll: the settings may have been changed.
    var isAsBefore: Bool
    /// From when on samples can be compared with this one.
    var continuity: Continuity
}
