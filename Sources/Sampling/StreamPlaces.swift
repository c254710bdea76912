import RedisClient
import StreamModel

/// Which server each stream that is watched is on.
struct StreamPlaces: Sendable {
    /// Those of which nobody serves the slots.
    private(set) var unserved: StreamResults = [:]
    private let areInCluster: Bool
    private var streams: [String: Set<Name>] = [:]
    private var discoveryChanges: UInt64?
    private var slots: ClusterSlots?

    init(areInCluster: Bool) {
        self.areInCluster = areInCluster
    }

    func streams(on node: String) -> Set<Name> { streams[node] ?? [] }

    /// `nodes`: all servers of the target, which is one where it is no cluster.
    mutating func update(_ discovery: Discovery, _ slots: ClusterSlots?, nodes: some Sequence<String>) {
        guard areInCluster else {
            streams = [:]
            for node in nodes { streams[node] = discovery.watched }
            return
        }
        // Most polls find neither changed.
        guard discoveryChanges != discovery.changes || self.slots != slots else { return }
        (discoveryChanges, self.slots) = (discovery.changes, slots)
        (streams, unserved) = ([:], [:])
        for name in discovery.watched {
            let slot = KeySlot(of: name).number
            if let primary = slots?.primary(of: slot) {
                streams[primary.node, default: []].insert(name)
            } else {
                unserved[name] = .failure(.slotNotServed(slot))
            }
        }
    }
}
