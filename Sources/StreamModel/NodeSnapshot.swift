/// One server of a target.
package struct NodeSnapshot: Equatable, Sendable {
    /// `host:port`, or a socket's path.
    package var node: String
    package var isUp: Bool
    package var error: String?
    /// The last `INFO`; nil where the node is down.
    package var observation: NodeObservation?
    /// Until the memory limit is reached, at the present rate; nil where memory does not grow, or nothing limits it.
    package var memoryRunwaySeconds: Double?
    /// Whether the server may remove a watched stream when its memory is full; nil: not known.
    package var evictionEndangersStreams: Bool?
    /// How many of a cluster's 16,384 slots it serves; nil where there is no cluster.
    package var slots: Int?
    /// How many of the watched streams it carries.
    package var streams = 0

    package init(node: String, isUp: Bool, error: String?, observation: NodeObservation?) {
        self.node = node
        self.isUp = isUp
        self.error = error
        self.observation = observation
    }
}
