import RedisClient
import StreamModel

/// What XAUTOCLAIM answers with JUSTID.
struct AutoclaimReply: Equatable, Sendable {
    /// Where to go on: the next row to be looked at; `0-0` at the list's end.
    var cursor: StreamID
    var claimed: [StreamID]
    /// Taken out of the list, since nothing was left of the entries; Redis 6.2 neither does nor says this.
    var purged: [StreamID]

    init?(_ reply: RedisReply) {
        guard let parts = reply.elements, parts.count >= 2, let cursor = parts[0].bytes.flatMap({ StreamID($0) }),
            let claimed = parts[1].elements
        else { return nil }
        self.cursor = cursor
        self.claimed = claimed.ids
        purged = parts.count >= 3 ? parts[2].elements?.ids ?? [] : []
    }
}

extension [RedisReply] {
    fileprivate var ids: [StreamID] {
        compactMap { $0.bytes.flatMap { StreamID($0) } }
    }
}
