/// An element of the reply to `CLUSTER SLOTS`: slots that follow each other and are served by one primary.
struct ClusterSlotRange {
    let slots: ClosedRange<UInt16>
    let primary: RedisEndpoint.Address
    /// The primary's node ID; nil where the server says none.
    let id: [UInt8]?
    /// As the server has announced it, an empty one as what it is; nil where it keeps its servers' hosts to itself.
    let announcedHost: String?

    /// Nil where the element is not understood; `asked` is the server that has answered.
    ///
    /// Its shape: first slot, last slot, then the nodes, of which the first is the primary, each with host, port, ID
    /// and, from Redis 7.0 on, a list of further names of the host and their values.
    init?(_ element: RedisReply, from asked: RedisEndpoint.Address) {
        guard let parts = element.elements, parts.count > 2,
            let first = parts[0].integer.flatMap(UInt16.init(exactly:)),
            let last = parts[1].integer.flatMap(UInt16.init(exactly:)), first <= last, last < ClusterSlots.count,
            let node = parts[2].elements, node.count > 1,
            let port = node[1].integer.flatMap(UInt16.init(exactly:)),
            node[0].bytes != nil || node[0] == .null
        else { return nil }
        announcedHost = node[0].bytes.map { String(decoding: $0, as: UTF8.self) }
        let host = announcedHost == "?" ? Self.addressOfUnnamed(node) : announcedHost
        guard let primary = RedisEndpoint.Address(announcedHost: host ?? "", port: port, by: asked) else { return nil }
        slots = first...last
        self.primary = primary
        id = node.count > 2 ? node[2].bytes : nil
    }

    /// The IP address of a node that has no host name where the cluster is told to prefer host names.
    private static func addressOfUnnamed(_ node: [RedisReply]) -> String? {
        guard node.count > 3, let names = node[3].elements, let key = names.firstIndex(of: .string(Array("ip".utf8))),
            key + 1 < names.endIndex
        else { return nil }
        return names[key + 1].bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
