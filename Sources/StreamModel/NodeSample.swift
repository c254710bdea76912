/// What one poll brought of one server of a target.
package struct NodeSample: Equatable, Sendable {
    /// Why a server could not be sampled, in words.
    package struct Failure: Error, Equatable, Sendable {
        package var reason: String

        package init(reason: String) {
            self.reason = reason
        }
    }

    /// `host:port`, or a socket's path.
    package var node: String
    package var observation: Result<NodeObservation, Failure>
    /// The server's clock less weir's, in milliseconds: ages of entries are told by the server's.
    ///
    /// Nil where `TIME` was refused.
    package var clockOffsetMilliseconds: Int64?
    /// Those of its streams that this poll asked about, each seen or failed; also those that it found gone, which are
    /// watched no more.
    ///
    /// Of a server that could not be sampled: all that it should hold.
    package var streams: StreamResults
    /// How many of a cluster's 16,384 slots it serves; nil where there is no cluster.
    package var slots: Int?
    /// The commands that weir may not send it, or that it does not know, and what it said.
    package var denied: [String: SampleError] = [:]

    package init(
        node: String, observation: Result<NodeObservation, Failure>, clockOffsetMilliseconds: Int64? = nil,
        streams: StreamResults = [:], slots: Int? = nil
    ) {
        self.node = node
        self.observation = observation
        self.clockOffsetMilliseconds = clockOffsetMilliseconds
        self.streams = streams
        self.slots = slots
    }
}
