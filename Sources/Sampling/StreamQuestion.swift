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
        /// Bytes of the entries shipped, and how many there were; nil: none was asked for.
        package var entries: (bytes: Int, count: Int)?
    }

    var name: Name
    var kind: Kind
    /// Whether `MEMORY USAGE` is asked as well.
    var asksMemory: Bool
    /// Whether `PTTL` is asked as well.
    var asksExpiry = false

    package init(name: Name, kind: Kind, asksMemory: Bool = false, asksExpiry: Bool = false) {
        self.name = name
        self.kind = kind
        self.asksMemory = asksMemory
        self.asksExpiry = asksExpiry
    }

    /// Whether the reply brings entries.
    var shipsEntries: Bool {
        if case .length = kind { false } else { true }
    }

    package var commands: [RedisCommand] {
        let memory = asksMemory ? [RedisCommand("MEMORY", "USAGE", key: name.bytes)] : []
        let expiry = asksExpiry ? [RedisCommand("PTTL", key: name.bytes)] : []
        return memory + expiry + own
    }

    /// How many commands it asks.
    var commandCount: Int {
        let own = if case .full = kind { 1 } else { 2 }
        return own + (asksMemory ? 1 : 0) + (asksExpiry ? 1 : 0)
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

    /// Takes the replies to `commands`; `serverTime` is the server's clock, for `full` alone.
    package func answer(_ replies: ArraySlice<RedisReply>, serverTime: Timestamp?) throws(SampleError) -> Answer {
        var rest = replies
        let memory = asksMemory ? rest.popFirst() : nil
        let expiry = asksExpiry ? rest.popFirst() : nil
        var answer = try answer(to: rest, serverTime)
        answer.stream.memoryBytes = memory?.integer
        // -1: the key has none.
        answer.stream.expires = expiry?.integer.map { $0 >= 0 }
        return answer
    }

    private func answer(to replies: ArraySlice<RedisReply>, _ serverTime: Timestamp?) throws(SampleError) -> Answer {
        let first = replies.startIndex
        switch kind {
        case .counters:
            return Answer(
                stream: try StreamObservation(groups: replies[first], stream: replies[first + 1]),
                entries: (replies[first + 1].stringBytes, 2))
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
}

extension [StreamQuestion] {
    /// Takes the replies to the commands of all of them, in one pipeline.
    func answers(
        _ replies: ArraySlice<RedisReply>, serverTime: Timestamp?
    ) -> [Result<StreamQuestion.Answer, SampleError>] {
        var rest = replies
        return map { question in
            let own = rest.prefix(question.commandCount)
            rest = rest.dropFirst(own.count)
            do throws(SampleError) {
                return .success(try question.answer(own, serverTime: serverTime))
            } catch {
                return .failure(error)
            }
        }
    }
}
