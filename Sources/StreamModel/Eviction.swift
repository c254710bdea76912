/// What a server removes when its memory is full.
package enum Eviction: Sendable {
    /// It refuses writes instead.
    case nothing
    /// Only keys that have a time to live.
    case expiringKeys
    case anyKey
}

extension NodeObservation.Memory {
    /// What the server removes when it reaches `maxmemory`; nil where it does not tell, or has a policy that weir does not
    /// know.
    package var eviction: Eviction? {
        guard let policy, let maxBytes else { return nil }
        // `allkeys-lru`, `volatile-ttl` and so on: what comes after the dash is only which of them goes first.
        if policy.hasPrefix("allkeys-") { return maxBytes > 0 ? .anyKey : .nothing }
        if policy.hasPrefix("volatile-") { return maxBytes > 0 ? .expiringKeys : .nothing }
        return policy == "noeviction" ? .nothing : nil
    }

    /// Whether the server may remove one of its `streams` when its memory is full; nil where that is not known.
    package func evictionEndangers(_ streams: some Sequence<StreamSnapshot>) -> Bool? {
        switch eviction {
        case nil: return nil
        case .nothing?: return false
        case .anyKey?: return true
        case .expiringKeys?:
            var isKnown = true
            for stream in streams {
                switch stream.expires {
                case true?: return true
                case false?: continue
                case nil: isKnown = false
                }
            }
            return isKnown ? false : nil
        }
    }

    /// The bytes that the server may use: its `maxmemory`, else what is `configured`; nil where there is no limit, or none
    /// is known.
    package func limitBytes(configured: Int64?) -> Int64? {
        maxBytes.flatMap { $0 > 0 ? $0 : nil } ?? configured
    }
}

extension StreamSnapshot {
    /// Whether its key has a time to live: one that is no stream has none that matters.
    fileprivate var expires: Bool? {
        error == .noSuchKey || error == .wrongType ? false : figures?.expires
    }
}
