import StreamModel

/// What a poll brought that concerns every stream.
struct PollContext {
    /// When the poll began and ended, on weir's clock.
    var started: Timestamp
    var now: Timestamp
    /// The server's clock at `now`; nil where it would not tell.
    var serverTime: Timestamp?
    var server: ServerIdentity?
    var consumerSeries: Int
    /// From when on samples can be compared with this one.
    var continuity: Continuity
}
