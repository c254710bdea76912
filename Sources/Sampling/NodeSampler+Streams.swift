import RedisClient
import StreamModel

/// Streams of one batch that could be seen.
typealias SeenStreams = [(name: Name, stream: StreamObservation)]

extension NodeSampler {
    /// Asks for the streams themselves and their groups; `shipping`: bodies that are too large as well.
    ///
    /// What cannot be seen is put into `results`; what the share does not reach for is neither there nor in what is given.
    mutating func look(
        at names: [Name], shipping: Bool, _ results: inout StreamResults
    ) async throws(RedisClientError) -> SeenStreams {
        try await estimateSizes(of: names, &results)
        let names = names.filter { results[$0] == nil }
        let known = names.filter { records[$0]?.entryBytes != nil || !shipsEntries }
        var unknown = names.filter { records[$0]?.entryBytes == nil && shipsEntries }[...]
        let pipelines = known.batched(count: SamplingPlan.streamsPerBatch, limit: SamplingPlan.bytesPerBatch) { name in
            expectedBytes(of: name, shipping: shipping)
        }
        var seen = try await ask(
            pipelines.map { names in names.map { ($0, shipping || !payloads.contains($0)) } }, &results)
        while !unknown.isEmpty {
            let maySpend = payloads.maySpend
            let next = unknown.prefix(maySpend ? SamplingPlan.unknownPerBatch : SamplingPlan.streamsPerBatch)
            unknown = unknown.dropFirst(next.count)
            seen += try await ask([next.map { ($0, maySpend) }], &results)
        }
        return seen
    }

    /// Whether anything can be asked of the stream without shipping bodies that are too large.
    func isAskable(_ name: Name) -> Bool {
        denials["XINFO GROUPS"] == nil || !payloads.contains(name)
    }

    private var shipsEntries: Bool { denials["XINFO STREAM"] == nil }

    private func expectedBytes(of name: Name, shipping: Bool) -> Int {
        let bodies = shipping ? payloads.expectedBytes(of: name) : 2 * (records[name]?.entryBytes ?? 0)
        return bodies + SamplingPlan.bytesPerStream
    }

    /// Asks about the streams, pipeline by pipeline, and again where that has shown that something is denied.
    private mutating func ask(
        _ pipelines: [[(name: Name, ships: Bool)]], _ results: inout StreamResults
    ) async throws(RedisClientError) -> SeenStreams {
        while true {
            let denial = denials["XINFO GROUPS"]
            if let denial, !shipsEntries {
                for (name, _) in pipelines.joined() { results[name] = .failure(denial) }
                return []
            }
            let questions = pipelines.map {
                $0.compactMap { name, ships in kind(of: name, ships).map { question(name, $0) } }
            }
            .filter { !$0.isEmpty }
            let before = denials.inForce
            let time = denial == nil ? [] : [RedisCommand("TIME")]
            let requests = questions.map { questions in
                let bytes = questions.reduce(0) { $0 + expectedBytes(of: $1.name, shipping: $1.shipsEntries) }
                return RedisRequest(time + questions.flatMap(\.commands), expectedBytes: bytes)
            }
            let answers = try await exchange(requests, withinShare: true) { index, exchange in
                let serverTime = time.isEmpty ? nil : Timestamp(time: exchange.replies[0])
                return questions[index].answers(exchange.replies.dropFirst(time.count), serverTime: serverTime)
            }
            guard denials.inForce == before else { continue }
            var seen: SeenStreams = []
            for (questions, answers) in zip(questions, answers) { take(answers, to: questions, &seen, &results) }
            return seen
        }
    }

    /// Nil where the stream cannot be asked without its entries, and they are not to be shipped.
    private func kind(of name: Name, _ ships: Bool) -> StreamQuestion.Kind? {
        switch (denials["XINFO GROUPS"] == nil, ships && shipsEntries) {
        case (true, true): .counters
        case (true, false): .length(earlier: payloads.counters(of: name))
        case (false, true): .full
        case (false, false): nil
        }
    }

    private func question(_ name: Name, _ kind: StreamQuestion.Kind) -> StreamQuestion {
        let isMemoryDue = denials["MEMORY USAGE"] == nil && records[name]?.isMemoryDue(name) == true
        let isExpiryDue = asksExpiry && denials["PTTL"] == nil && records[name]?.isExpiryDue(name) == true
        return StreamQuestion(name: name, kind: kind, asksMemory: isMemoryDue, asksExpiry: isExpiryDue)
    }

    private mutating func take(
        _ answers: [Result<StreamQuestion.Answer, SampleError>], to questions: [StreamQuestion],
        _ seen: inout SeenStreams, _ results: inout StreamResults
    ) {
        for (question, answer) in zip(questions, answers) {
            switch answer {
            case .success(let answer): seen.append((question.name, record(answer, to: question)))
            case .failure(let error): fail(question.name, error, &results)
            }
        }
    }

    private mutating func record(
        _ answer: StreamQuestion.Answer, to question: StreamQuestion
    ) -> StreamObservation {
        let name = question.name
        var stream = answer.stream
        var record = records[name] ?? StreamRecord()
        record.lastLook = pollNumber
        record.isNoStream = false
        record.look()
        record.memoryBytes = stream.memoryBytes ?? record.memoryBytes
        stream.memoryBytes = record.memoryBytes
        if question.asksExpiry || !asksExpiry {
            (record.expires, record.wasAskedExpiry) = (stream.expires, question.asksExpiry)
        }
        stream.expires = record.expires
        if let entries = answer.entries {
            record.entryBytes = entries.bytes / entries.count
            if entries.bytes > plan.payloadGuard {
                payloads.ingest(stream.counters, bytes: entries.bytes, of: name)
            } else {
                payloads.forget(name)
            }
        } else if stream.length == 0, payloads.contains(name) {
            // An empty stream has no payload to fear, and the figures from when it had some would be wrong.
            payloads.forget(name)
            record.entryBytes = nil
        }
        records[name] = record
        return stream
    }

    /// The stream cannot be seen.
    mutating func fail(_ name: Name, _ error: SampleError, _ results: inout StreamResults) {
        results[name] = .failure(error)
        payloads.forget(name)
        var record = records[name] ?? StreamRecord()
        record.lastLook = pollNumber
        record.forgetSize()
        if case .noPermission(let command) = error, denials[command] == nil { record.refusal = error }
        records[name] = record
    }
}
