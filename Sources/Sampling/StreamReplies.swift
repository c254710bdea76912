package import RedisClient
package import StreamModel

extension StreamCounters {
    /// Decodes `XINFO STREAM key`.
    init(_ reply: RedisReply) throws(SampleError) {
        let fields = try ReplyFields(reply, of: "XINFO STREAM")
        self.init(
            radixTreeKeys: try fields.integer("radix-tree-keys"),
            radixTreeNodes: try fields.integer("radix-tree-nodes"),
            groups: try fields.integer("groups"),
            lastGeneratedID: try fields.id("last-generated-id"),
            firstEntryID: fields["first-entry"]?.entryID,
            lastEntryID: fields["last-entry"]?.entryID,
            maxDeletedEntryID: fields.optionalID("max-deleted-entry-id"),
            entriesAdded: fields["entries-added"]?.integer)
    }
}

extension StreamObservation {
    /// Decodes `XINFO GROUPS key` and `XINFO STREAM key`, asked for together.
    ///
    /// The length is that of XINFO STREAM, which goes with the IDs: between two commands of a pipeline another client may
    /// come in.
    init(groups: RedisReply, stream: RedisReply) throws(SampleError) {
        let groups = try groups.groupList()
        let counters = try StreamCounters(stream.value(of: "XINFO STREAM"))
        self.init(
            length: try ReplyFields(stream, of: "XINFO STREAM").integer("length"), counters: counters,
            countersAreCurrent: true, groups: groups)
    }
}

extension RedisReply {
    /// Decodes `XINFO GROUPS key`.
    package func groupList() throws(SampleError) -> [GroupObservation] {
        try list(of: "XINFO GROUPS") { (reply) throws(SampleError) in try GroupObservation(reply) }
    }

    /// Decodes `XINFO CONSUMERS key group`.
    ///
    /// `known`: those of an earlier reply, whose names are taken where they are the same, and in the same places.
    package func consumerList(known: [ConsumerObservation] = []) throws(SampleError) -> [ConsumerObservation] {
        var place = 0
        return try list(of: "XINFO CONSUMERS") { (reply) throws(SampleError) in
            defer { place += 1 }
            return try ConsumerObservation(reply, calledAs: place < known.count ? known[place].name : nil)
        }
    }

    /// Decodes `XPENDING key group start + count`.
    package func pendingList() throws(SampleError) -> [PendingEntry] {
        var names = NamePool()
        return try list(of: "XPENDING") { (reply) throws(SampleError) in try PendingEntry(reply, &names) }
    }

    /// The IDs that `XRANGE` answers, without what the entries hold.
    package func rangeIDs() throws(SampleError) -> [StreamID] {
        try list(of: "XRANGE") { (entry) throws(SampleError) in
            guard let id = entry.elements?.first?.bytes.flatMap({ StreamID($0) }) else {
                throw .unexpectedReply(command: "XRANGE", what: "not an entry")
            }
            return id
        }
    }
}

extension GroupObservation {
    /// Decodes one element of `XINFO GROUPS key`.
    init(_ reply: RedisReply) throws(SampleError) {
        let fields = try ReplyFields(reply, of: "XINFO GROUPS")
        self.init(
            name: try fields.name("name"),
            consumerCount: try fields.integer("consumers"),
            pending: try fields.integer("pending"),
            lastDeliveredID: try fields.id("last-delivered-id"),
            entriesRead: fields["entries-read"]?.integer,
            reportedLag: fields["lag"]?.integer)
    }
}

extension ConsumerObservation {
    /// Decodes one element of `XINFO CONSUMERS key group`; `known`: what it is likely to be called.
    init(_ reply: RedisReply, calledAs known: Name? = nil) throws(SampleError) {
        let fields = try ReplyFields(reply, of: "XINFO CONSUMERS")
        self.init(
            name: try fields.name("name", likely: known),
            pending: try fields.integer("pending"),
            idleMilliseconds: max(0, try fields.integer("idle")),
            inactiveMilliseconds: fields["inactive"]?.integer.flatMap { $0 < 0 ? nil : $0 })
    }
}

extension PendingEntry {
    /// Decodes one row of `XPENDING key group - + count`.
    fileprivate init(_ reply: RedisReply, _ names: inout NamePool) throws(SampleError) {
        guard var row = reply.list?.makeIterator(), let id = row.next()?.text.flatMap({ StreamID($0) }),
            let consumer = row.next()?.text, let idle = row.next()?.integer, let deliveries = row.next()?.integer
        else {
            throw .unexpectedReply(command: "XPENDING", what: "not a row of ID, consumer, idle time and deliveries")
        }
        self.init(
            id: id, consumer: consumer.isEmpty && idle < 0 ? nil : names.name(consumer), idleMilliseconds: max(0, idle),
            deliveries: deliveries)
    }
}

extension RedisReply {
    /// The reply itself where it is no error.
    func value(of command: String) throws(SampleError) -> RedisReply {
        if let error { throw SampleError(error, to: command) }
        return self
    }

    /// The elements of an answer that is a list, each decoded.
    func list<Element>(
        of command: String, _ decode: (RedisReply) throws(SampleError) -> Element
    ) throws(SampleError) -> [Element] {
        guard let elements = try value(of: command).list else {
            throw .unexpectedReply(command: command, what: "not a list")
        }
        var decoded: [Element] = []
        decoded.reserveCapacity(elements.count)
        for element in elements { decoded.append(try decode(element)) }
        return decoded
    }

    /// The ID of `[ID, [field, value, …]]`; nil where there is no entry.
    fileprivate var entryID: StreamID? {
        list?.first?.text.flatMap { StreamID($0) }
    }
}
