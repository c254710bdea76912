/// Where a server of a cluster sends those who ask it about a slot that it does not serve.
package enum Redirection: Equatable, Sendable {
    /// From now on that server is to be asked about the slot.
    case moved(slot: UInt16, to: RedisEndpoint.Address)
    /// That server is to be asked this once, after `ASKING`: the slot is on its way there.
    case ask(slot: UInt16, to: RedisEndpoint.Address)

    /// Nil where the error is another; `asked` is the server that has answered it.
    package init?(_ error: RedisErrorReply, from asked: RedisEndpoint.Address) {
        let words = error.message.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let slot = UInt16(words[1]), slot < ClusterSlots.count,
            let (host, port) = RedisEndpoint.Address.splitAnnounced(words[2]),
            let address = RedisEndpoint.Address(announcedHost: host, port: port, by: asked)
        else { return nil }
        switch words[0] {
        case "MOVED": self = .moved(slot: slot, to: address)
        case "ASK": self = .ask(slot: slot, to: address)
        default: return nil
        }
    }

    package var slot: UInt16 {
        switch self {
        case .moved(let slot, _), .ask(let slot, _): slot
        }
    }

    /// The server that is to be asked instead.
    package var address: RedisEndpoint.Address {
        switch self {
        case .moved(_, let address), .ask(_, let address): address
        }
    }
}
