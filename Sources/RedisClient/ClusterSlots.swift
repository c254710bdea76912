/// Which primary of a cluster serves which slot, as one of its servers sees it.
package struct ClusterSlots: Equatable, Sendable {
    /// How many slots a cluster has, always.
    package static let count: UInt16 = 16_384

    /// Sorted by their names, each once; those that serve no slot too, as far as they are known.
    package private(set) var primaries: [RedisEndpoint.Address]
    /// For each slot the index of its primary.
    private var owners: [UInt16]
    private static let nobody = UInt16.max

    /// Of ranges that overlap, the last counts.
    init(_ ranges: [ClusterSlotRange], andWithoutSlots others: [RedisEndpoint.Address] = []) {
        primaries = Set(ranges.map(\.primary) + others).sorted { $0.node < $1.node }
        let indices = Dictionary(uniqueKeysWithValues: zip(primaries, 0 as UInt16..<Self.nobody))
        owners = Array(repeating: Self.nobody, count: Int(Self.count))
        for range in ranges {
            for slot in range.slots { owners[Int(slot)] = indices[range.primary] ?? Self.nobody }
        }
    }

    /// The primary to ask about keys of the slot; nil where there is none.
    package func primary(of slot: UInt16) -> RedisEndpoint.Address? {
        guard slot < Self.count, owners[Int(slot)] != Self.nobody else { return nil }
        return primaries[Int(owners[Int(slot)])]
    }

    /// How many slots the primary serves; 0 for one that is not known.
    package func slotCount(of primary: RedisEndpoint.Address) -> Int {
        guard let index = primaries.firstIndex(of: primary) else { return 0 }
        return owners.count { $0 == index }
    }

    /// How many slots nobody serves.
    package var unservedSlots: Int { owners.count { $0 == Self.nobody } }

    /// From now on the slot belongs where a `MOVED` says, until the cluster is asked again; an `ASK` changes nothing.
    package mutating func take(_ redirection: Redirection) {
        guard case .moved(let slot, let address) = redirection, slot < Self.count else { return }
        owners[Int(slot)] = index(adding: address)
    }

    private mutating func index(adding address: RedisEndpoint.Address) -> UInt16 {
        if let known = primaries.firstIndex(of: address) { return UInt16(known) }
        let index = primaries.firstIndex { $0.node > address.node } ?? primaries.endIndex
        primaries.insert(address, at: index)
        for slot in owners.indices where owners[slot] != Self.nobody && owners[slot] >= index { owners[slot] += 1 }
        return UInt16(index)
    }
}
