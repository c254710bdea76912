/// How the servers of one target are found.
package enum RedisTopology: Hashable, Sendable {
    /// One server, always the same.
    case single(RedisEndpoint)
    /// Whichever server the sentinels name as the primary.
    case sentinel(SentinelTopology)
    /// Every primary of a cluster: `seeds`, of which there is one at least, are asked first who they are.
    case cluster(seeds: [RedisEndpoint.Address], access: RedisAccess)

    /// As whom and over what to speak to the servers that hold the data.
    package var access: RedisAccess {
        get {
            switch self {
            case .single(let endpoint): endpoint.access
            case .sentinel(let topology): topology.access
            case .cluster(_, let access): access
            }
        }
        set {
            switch self {
            case .single(let endpoint): self = .single(RedisEndpoint(address: endpoint.address, access: newValue))
            case .sentinel(var topology):
                topology.access = newValue
                self = .sentinel(topology)
            case .cluster(let seeds, _): self = .cluster(seeds: seeds, access: newValue)
            }
        }
    }

    /// What its servers are called together: the name of a target without one, never with a credential.
    ///
    /// Of several addresses the first, which those who wrote them down will know.
    package var name: String {
        switch self {
        case .single(let endpoint): endpoint.node
        case .sentinel(let topology): "\(topology.sentinels.first?.node ?? "")/\(topology.primaryName)"
        case .cluster(let seeds, _): seeds.first?.node ?? ""
        }
    }

    /// What the data are called: another text where others are named, whose data may be others.
    ///
    /// What weir remembers of a target is forgotten then, rather than taken for what was there before.
    package var dataSource: String {
        switch self {
        case .single(let endpoint): endpoint.node
        case .sentinel(let topology):
            Self.list(topology.sentinels.map(\.node)) + "/" + topology.primaryName
        case .cluster(let seeds, _): Self.list(seeds.map(\.node))
        }
    }

    private static func list(_ nodes: [String]) -> String { nodes.sorted().joined(separator: ",") }

    package var isCluster: Bool {
        if case .cluster = self { true } else { false }
    }
}
