import RedisClient
import TestSupport

/// The replies to `ClusterSlots.question`, put together or recorded.
enum ClusterReply {
    /// A node as `CLUSTER SLOTS` puts it; `more` are further names of its host, as from Redis 7.0 on.
    static func node(_ host: String?, _ port: Int64, id: String, more: [String]? = []) -> RedisReply {
        let host = host.map { RedisReply.text($0) } ?? .null
        return .array([host, .integer(port), .text(id)] + (more.map { [.array($0.map { .text($0) })] } ?? []))
    }

    static func range(_ first: Int64, _ last: Int64, _ nodes: RedisReply...) -> RedisReply {
        .array([.integer(first), .integer(last)] + nodes)
    }

    static func nodes(_ lines: String...) -> RedisReply { .text(lines.map { "\($0)\n" }.joined()) }
}

/// What a server at 10.0.0.9:7000 tells by them.
func clusterSlots(_ ranges: [RedisReply], _ nodes: RedisReply = .text("")) throws(RedisClientError) -> ClusterSlots {
    try ClusterSlots([.array(ranges), nodes], from: .tcp(host: "10.0.0.9", port: 7000))
}

/// Their names.
func names(_ addresses: [RedisEndpoint.Address]) -> [String] { addresses.map(\.node) }
