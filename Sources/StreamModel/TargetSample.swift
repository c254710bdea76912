/// Streams by name, each seen or failed.
package typealias StreamResults = [Name: Result<StreamObservation, SampleError>]

/// What one poll brought of one target.
package struct TargetSample: Equatable, Sendable {
    /// Its primaries: one, or all of a cluster, by their names; those that could not be sampled too.
    ///
    /// No stream is in two of them.
    package var nodes: [NodeSample]
    /// Streams of a cluster that no server serves at present.
    package var unserved: StreamResults = [:]
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

    package init(nodes: [NodeSample], watched: Set<Name>, notSampled: Int, discoveryError: SampleError?) {
        self.nodes = nodes
        self.watched = watched
        self.notSampled = notSampled
        self.discoveryError = discoveryError
    }

    /// Those of all nodes.
    package var streams: StreamResults {
        nodes.reduce(into: unserved) { streams, node in
            if streams.isEmpty { streams = node.streams } else { streams.merge(node.streams) { $1 } }
        }
    }
}
