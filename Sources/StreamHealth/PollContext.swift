import StreamModel

/// What a poll brought that concerns every stream.
struct PollContext {
    /// weir's clock.
    var now: Timestamp
    /// The server's clock at `now`; nil where it would not tell.
    var serverTime: Timestamp?
    var server: ServerIdentity?
    /// Whether it is the same run of the same server as at the last poll.
    var isSameRun: Bool
    /// Since the last poll began.
    var elapsedMilliseconds: Int64?
    var consumerSeries: Int
    /// From when on samples can be compared with this one.
    var continuity: Continuity
}

extension GroupProgress.Look {
    init(_ stream: StreamObservation, _ history: StreamHistory, _ context: PollContext) {
        self.init(
            stream: stream, history: history, server: context.server, serverTime: context.serverTime,
            elapsedMilliseconds: context.elapsedMilliseconds)
    }
}
