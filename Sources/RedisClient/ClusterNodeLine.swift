/// A line of the reply to `CLUSTER NODES`, as far as it tells primaries from others.
struct ClusterNodeLine {
    let id: [UInt8]
    /// Empty where the node that was asked is alone and does not know its own.
    let host: String
    let hostname: String?
    let port: UInt16
    private let flags: [Substring]

    /// Nil where the line is not understood: `id host:port@bus-port,hostname flags …`.
    ///
    /// The port on the cluster's bus came with Redis 4.0, the host name with 7.0 and further fields, `name=value`, with
    /// 7.2.
    init?(_ line: Substring) {
        let fields = line.split(separator: " ")
        guard fields.count > 2 else { return nil }
        let names = fields[1].split(separator: ",", omittingEmptySubsequences: false)
        guard let address = names.first?.prefix(while: { $0 != "@" }),
            let (host, port) = RedisEndpoint.Address.splitAnnounced(address)
        else { return nil }
        id = Array(fields[0].utf8)
        (self.host, self.port) = (host, port)
        hostname = names.dropFirst().first.flatMap { $0.isEmpty || $0.contains("=") ? nil : String($0) }
        flags = fields[2].split(separator: ",")
    }

    /// Whether it is a primary that the cluster counts on: not while it is only met, and not once it has failed.
    var isPrimary: Bool {
        flags.contains("master") && !flags.contains { ["fail", "handshake", "noaddr"].contains($0) }
    }
}
