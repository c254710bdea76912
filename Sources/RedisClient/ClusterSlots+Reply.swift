extension ClusterSlots {
    /// What one server of a cluster is asked, in one pipeline.
    ///
    /// The first tells how clients are to reach its servers; only the second knows the primaries without slots.
    package static let question = [RedisCommand("CLUSTER", "SLOTS"), RedisCommand("CLUSTER", "NODES")]

    /// Reads the replies to `question` of the server `asked`.
    ///
    /// Where the user may not ask for the nodes, primaries without slots are not known.
    package init(_ replies: [RedisReply], from asked: RedisEndpoint.Address) throws(RedisClientError) {
        guard replies.count == Self.question.count else {
            throw .unexpectedAnswer(command: "CLUSTER SLOTS", what: "\(replies.count) replies")
        }
        let ranges = try Self.ranges(replies[0], asked)
        let lines = try Self.lines(replies[1])
        self.init(ranges, andWithoutSlots: Self.withoutSlots(lines, beside: ranges, asked))
    }

    private static func ranges(
        _ reply: RedisReply, _ asked: RedisEndpoint.Address
    ) throws(RedisClientError) -> [ClusterSlotRange] {
        if let error = reply.error {
            if error.message.hasPrefix("ERR This instance has cluster support disabled") { throw .clusterDisabled }
            throw RedisClientError(error, to: question[0].name)
        }
        guard let elements = reply.elements else {
            throw .unexpectedAnswer(command: question[0].name, what: "not a list")
        }
        var ranges: [ClusterSlotRange] = []
        for element in elements {
            guard let range = ClusterSlotRange(element, from: asked) else {
                throw .unexpectedAnswer(
                    command: question[0].name, what: "element \(ranges.count + 1) is no range of slots with a node")
            }
            ranges.append(range)
        }
        return ranges
    }

    private static func lines(_ reply: RedisReply) throws(RedisClientError) -> [ClusterNodeLine] {
        if reply.error != nil { return [] }
        guard let text = reply.bytes else {
            throw .unexpectedAnswer(command: question[1].name, what: "not a text")
        }
        var lines: [ClusterNodeLine] = []
        for text in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let line = ClusterNodeLine(text) else {
                throw .unexpectedAnswer(command: question[1].name, what: "line \(lines.count + 1) is no node's")
            }
            lines.append(line)
        }
        return lines
    }

    /// Their addresses are put as `CLUSTER SLOTS` puts those of others: only there the cluster's own preference counts.
    private static func withoutSlots(
        _ lines: [ClusterNodeLine], beside ranges: [ClusterSlotRange], _ asked: RedisEndpoint.Address
    ) -> [RedisEndpoint.Address] {
        let ids = Set(ranges.compactMap(\.id))
        let hosts = Set(ranges.map(\.announcedHost))
        let prefersHostnames = lines.contains { $0.hostname != nil && hosts.contains($0.hostname) }
        return lines.filter { $0.isPrimary && !ids.contains($0.id) }.compactMap { line in
            let host = hosts.contains(nil) ? "" : prefersHostnames ? line.hostname ?? line.host : line.host
            return RedisEndpoint.Address(announcedHost: host, port: line.port, by: asked)
        }
    }
}

extension RedisConnection {
    /// Asks the server of a cluster, to which the connection is open, which primary serves which slot.
    package func clusterSlots() throws(RedisClientError) -> ClusterSlots {
        try ClusterSlots(pipeline(ClusterSlots.question).replies, from: endpoint.address)
    }
}
