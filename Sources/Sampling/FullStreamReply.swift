import RedisClient
import StreamModel

extension StreamObservation {
    /// Decodes `XINFO STREAM key FULL COUNT 1`, from Redis 6.0.
    ///
    /// It does not tell the last entry. `serverTime` is the server's clock, without which nobody's idle time is known.
    init(full fields: ReplyFields, serverTime: Timestamp?) throws(SampleError) {
        guard let groups = fields["groups"] else {
            throw .unexpectedReply(command: "XINFO STREAM", what: "groups is not a list")
        }
        let decoded = try groups.list(of: "XINFO STREAM") { (reply) throws(SampleError) in
            try GroupObservation(full: ReplyFields(reply, of: "XINFO STREAM"), serverTime: serverTime)
        }
        let first = fields["entries"]?.list?.first?.list?.first?.text
        let length = try fields.integer("length")
        let firstID = first.flatMap { StreamID($0) }
        self.init(
            length: length,
            counters: StreamCounters(
                radixTreeKeys: try fields.integer("radix-tree-keys"),
                radixTreeNodes: try fields.integer("radix-tree-nodes"),
                groups: Int64(decoded.count),
                lastGeneratedID: try fields.id("last-generated-id"),
                firstEntryID: firstID,
                lastEntryID: length == 1 ? firstID : nil,
                maxDeletedEntryID: fields.optionalID("max-deleted-entry-id"),
                entriesAdded: fields["entries-added"]?.integer),
            countersAreCurrent: true, groups: decoded)
    }
}

extension GroupObservation {
    fileprivate init(full fields: ReplyFields, serverTime: Timestamp?) throws(SampleError) {
        guard let list = fields["consumers"] else {
            throw .unexpectedReply(command: "XINFO STREAM", what: "consumers is not a list")
        }
        let seen = try list.list(of: "XINFO STREAM") { (reply) throws(SampleError) in
            try ReplyFields(reply, of: "XINFO STREAM")
        }
        self.init(
            name: try fields.name("name"), consumerCount: Int64(seen.count), pending: try fields.integer("pel-count"),
            lastDeliveredID: try fields.id("last-delivered-id"), entriesRead: fields["entries-read"]?.integer,
            reportedLag: fields["lag"]?.integer)
        guard let serverTime else {
            if seen.isEmpty { consumers = [] } else { error = .noPermission(command: "TIME") }
            return
        }
        var decoded: [ConsumerObservation] = []
        for fields in seen { decoded.append(try ConsumerObservation(full: fields, serverTime: serverTime)) }
        consumers = decoded
    }
}

extension ConsumerObservation {
    fileprivate init(full fields: ReplyFields, serverTime: Timestamp) throws(SampleError) {
        func since(_ moment: Int64) -> Int64 {
            max(0, serverTime.milliseconds(since: Timestamp(milliseconds: moment)))
        }
        self.init(
            name: try fields.name("name"), pending: try fields.integer("pel-count"),
            idleMilliseconds: since(max(0, try fields.integer("seen-time"))),
            inactiveMilliseconds: fields["active-time"]?.integer.flatMap { $0 < 0 ? nil : since($0) })
    }
}
