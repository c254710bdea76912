import StreamModel

/// The replicas that a server has listed lately, each as it was listed last.
///
/// A primary cuts off a replica that hangs (after `repl-timeout`, 60 s), and does not list it then.
struct ReplicaRecord: Equatable, Sendable {
    struct Sighting: Equatable, Sendable {
        var replica: NodeObservation.Replica
        var at: Timestamp
    }

    /// For so long one that is not listed any more is remembered.
    private static let rememberedMilliseconds: Int64 = 600_000

    private var sightings: [String: Sighting] = [:]
    private var role: String?

    mutating func ingest(_ observation: NodeObservation, at now: Timestamp) {
        guard observation.listsReplicas else { return }
        if let role = observation.identity?.role, role != self.role {
            // After a failover its replicas have gone to the new primary.
            sightings = [:]
            self.role = role
        }
        sightings = sightings.filter { now.milliseconds(since: $0.value.at) <= Self.rememberedMilliseconds }
        let listed = observation.replicas.map { ($0.name, Sighting(replica: $0, at: now)) }
        // A replica that lost its connection and is back stands twice in INFO until the old one times out.
        sightings.merge(Dictionary(listed) { $0.replica.isFresher(than: $1.replica) ? $0 : $1 }) { $1 }
    }

    /// Those that were behind when they were listed last, by more than a limit or without a whole copy.
    func behind(limitSeconds: Int64) -> [Sighting] {
        sightings.sorted { $0.key < $1.key }.map(\.value).filter {
            !$0.replica.isOnline || $0.replica.lagSeconds > limitSeconds
        }
    }
}

extension NodeObservation {
    /// Whether it says which replicas there are.
    var listsReplicas: Bool { connectedReplicas != nil || !replicas.isEmpty }
}

extension NodeObservation.Replica {
    var isOnline: Bool { state == "online" }

    /// The same for the next connection of the same replica.
    var name: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }

    fileprivate func isFresher(than other: NodeObservation.Replica) -> Bool {
        isOnline == other.isOnline ? lagSeconds < other.lagSeconds : isOnline
    }
}
