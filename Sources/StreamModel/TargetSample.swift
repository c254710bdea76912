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

    /// Whether it is one server of a cluster, watched by itself: what looks like all streams may be a third of them.
    package var isPartOfCluster: Bool {
        guard let node = nodes.first, node.slots == nil else { return false }
        return (try? node.observation.get().isInCluster) == true
    }

    /// By the names of the commands: what weir's user may not run on one of its servers, and why.
    package var denied: [String: SampleError] {
        nodes.reduce(into: [:]) { $0.merge($1.denied) { first, _ in first } }
    }

    /// Those of all nodes.
    package var streams: StreamResults {
        nodes.reduce(into: unserved) { streams, node in
            if streams.isEmpty { streams = node.streams } else { streams.merge(node.streams) { $1 } }
        }
    }
}
