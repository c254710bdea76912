/// Streams by name, each seen or failed.
package typealias StreamResults = [Name: Result<StreamObservation, SampleError>]

/// What one poll brought of one target.
package struct TargetSample: Equatable, Sendable {
    package var node: NodeObservation
    /// The server's clock less weir's, in milliseconds: ages of entries are told by the server's.
    ///
    /// Nil where `TIME` was refused.
    package var clockOffsetMilliseconds: Int64?
    /// The streams that this poll asked about, each seen or failed; also those that it found gone, which are watched no more.
    package var streams: StreamResults
    /// Every stream that is watched now: what is not among them is gone, or no longer wanted.
    package var watched: Set<Name>
    /// Streams that were found beyond `max_streams`.
    package var notSampled: Int
    /// Some of those.
    package var namesNotSampled: [Name] = []
    /// Whether all keys have been looked through once: what is not among `watched` is then not there.
    package var hasLookedEverywhere = true
    /// Why streams cannot be found by pattern; those named exactly are sampled all the same.
    package var discoveryError: SampleError?

    package init(
        node: NodeObservation, clockOffsetMilliseconds: Int64?, streams: StreamResults,
        watched: Set<Name>, notSampled: Int, discoveryError: SampleError?
    ) {
        self.node = node
        self.clockOffsetMilliseconds = clockOffsetMilliseconds
        self.streams = streams
        self.watched = watched
        self.notSampled = notSampled
        self.discoveryError = discoveryError
    }
}
