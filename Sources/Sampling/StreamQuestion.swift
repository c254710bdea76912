package import RedisClient
package import StreamModel

/// What is asked about one stream in one poll, and how the answer is read.
package struct StreamQuestion: Sendable {
    package enum Kind: Sendable {
        /// `XINFO GROUPS` and `XINFO STREAM`, whose length is of the same moment as the IDs: XLEN would add a sixth to the
        /// server's time.
        case counters
        /// `XLEN` and `XINFO GROUPS`, which ship no entry; the counters are those of an earlier poll, if there are any.
        case length(earlier: StreamCounters?)
        /// `XINFO STREAM key FULL COUNT 1`, where XINFO GROUPS is denied: dearer, one entry, all groups and consumers.
        case full
    }

    /// The replies, with what they tell of the size of the stream's entries.
    package struct Answer: Sendable {
        package var stream: StreamObservation
        /// Bytes of the entries shipped, and how many there were; nil: none was asked for, or they are those of the last look.
        package var entries: (bytes: Int, count: Int)?
        /// Of what was answered about the stream and its groups; nil where that is not compared.
        package var fingerprint: Int?
        /// Whether that is the same as at the last look.
        package var isUnchanged = false
    }

    var name: Name
    var kind: Kind
    /// Whether `MEMORY USAGE` is asked as well.
    var asksMemory: Bool
    /// Whether `PTTL` is asked as well.
    var asksExpiry = false
    /// The stream as the last look showed it, whose groups are asked for their consumers as well; for `counters` alone.
    private var known: KnownStream?

    package init(
        name: Name, kind: Kind, asksMemory: Bool = false, asksExpiry: Bool = false, known: KnownStream? = nil
    ) {
        self.name = name
        self.kind = kind
        self.asksMemory = asksMemory
        self.asksExpiry = asksExpiry
        if case .counters = kind { self.known = known }
    }

    package var commands: [RedisCommand] {
        let memory = asksMemory ? [RedisCommand("MEMORY", "USAGE", key: name.bytes)] : []
        let expiry = asksExpiry ? [RedisCommand("PTTL", key: name.bytes)] : []
        return memory + expiry + own + consumers
    }

    /// How many commands it asks.
    var commandCount: Int {
        let own = if case .full = kind { 1 } else { 2 }
        return own + (asksMemory ? 1 : 0) + (asksExpiry ? 1 : 0) + (known?.groupsAsked ?? 0)
    }

    private var own: [RedisCommand] {
        switch kind {
        case .counters:
            [RedisCommand("XINFO", "GROUPS", key: name.bytes), RedisCommand("XINFO", "STREAM", key: name.bytes)]
        case .length:
            [RedisCommand("XLEN", key: name.bytes), RedisCommand("XINFO", "GROUPS", key: name.bytes)]
        case .full:
            [RedisCommand("XINFO", "STREAM", key: name.bytes, then: ["FULL", "COUNT", "1"].map { Array($0.utf8) })]
        }
    }

    private var consumers: [RedisCommand] {
        known?.groupsWithConsumers.map { .consumers(of: $0.name, in: name) } ?? []
    }

    /// Takes the replies to `commands`, which were there at `now`; `serverTime` is the server's clock, for `full` alone.
    package func answer(
        _ replies: ArraySlice<RedisReply>, serverTime: Timestamp?, at now: ContinuousClock.Instant = .now
    ) throws(SampleError) -> Answer {
        var rest = replies
        let memory = asksMemory ? rest.popFirst() : nil
        let expiry = asksExpiry ? rest.popFirst() : nil
        var answer = try answer(to: rest, serverTime, now)
        answer.stream.memoryBytes = memory?.integer
        // -1: the key has none.
        answer.stream.expires = expiry?.integer.map { $0 >= 0 }
        return answer
    }

    private func answer(
        to replies: ArraySlice<RedisReply>, _ serverTime: Timestamp?, _ now: ContinuousClock.Instant
    ) throws(SampleError) -> Answer {
        let first = replies.startIndex
        switch kind {
        case .counters:
            return try answer(
                groups: replies[first], stream: replies[first + 1], consumers: replies.dropFirst(2), now)
        case .length(let earlier):
            let length = try replies[first].value(of: "XLEN")
            guard let length = length.integer else {
                throw .unexpectedReply(command: "XLEN", what: "not an integer")
            }
            let groups = try replies[first + 1].groupList()
            return Answer(
                stream: StreamObservation(
                    length: length, counters: earlier, countersAreCurrent: false, groups: groups))
        case .full:
            let fields = try ReplyFields(replies[first].value(of: "XINFO STREAM"), of: "XINFO STREAM")
            return Answer(
                stream: try StreamObservation(full: fields, serverTime: serverTime),
                entries: (fields["entries"]?.stringBytes ?? 0, 1))
        }
    }

    private func answer(
        groups: RedisReply, stream: RedisReply, consumers replies: ArraySlice<RedisReply>,
        _ now: ContinuousClock.Instant
    ) throws(SampleError) -> Answer {
        var hasher = Hasher()
        hasher.combine(groups)
        hasher.combine(stream)
        let fingerprint = hasher.finalize()
        let consumers = known.map { known in
            zip(known.groupsWithConsumers, replies).map { group, reply in
                try? reply.consumerList(known: group.consumers ?? [])
            }
        }
        if let known, known.fingerprint == fingerprint {
            let seen = known.unchanged(consumers: consumers ?? [], by: now)
            return Answer(stream: seen, entries: nil, fingerprint: fingerprint, isUnchanged: true)
        }
        var seen = try StreamObservation(groups: groups, stream: stream)
        known?.add(consumers ?? [], to: &seen)
        return Answer(stream: seen, entries: (stream.stringBytes, 2), fingerprint: fingerprint)
    }
}

extension [StreamQuestion] {
    /// Takes the replies to the commands of all of them, in one pipeline.
    func answers(
        _ replies: ArraySlice<RedisReply>, serverTime: Timestamp?, at now: ContinuousClock.Instant
    ) -> [Result<StreamQuestion.Answer, SampleError>] {
        var rest = replies
        return map { question in
            let own = rest.prefix(question.commandCount)
            rest = rest.dropFirst(own.count)
            do throws(SampleError) {
                return .success(try question.answer(own, serverTime: serverTime, at: now))
            } catch {
                return .failure(error)
            }
        }
    }
}
