import RedisClient
import StreamModel

extension NodeSampler {
    /// Asks for the streams themselves and their groups; `shipping`: bodies that are too large as well.
    ///
    /// What cannot be seen is put into `results`; what the share does not reach for is neither there nor in what is given.
    mutating func look(
        at names: [Name], shipping: Bool, _ results: inout StreamResults
    ) async throws(RedisClientError) -> SeenStreams {
        try await estimateSizes(of: names, &results)
        var (known, unknown): ([Candidate], [Name]) = ([], [])
        known.reserveCapacity(names.count)
        for name in names where results[name] == nil {
            let record = records[name] ?? StreamRecord()
            if record.entryBytes == nil, shipsEntries {
                unknown.append(name)
            } else {
                known.append(candidate(name, record, ships: shipping || !payloads.contains(name)))
            }
        }
        var seen = try await ask(
            known.batched(count: SamplingPlan.streamsPerBatch, limit: SamplingPlan.bytesPerBatch, weight: \.weight),
            &results)
        var rest = unknown[...]
        while !rest.isEmpty {
            let maySpend = payloads.maySpend
            let next = rest.prefix(maySpend ? SamplingPlan.unknownPerBatch : SamplingPlan.streamsPerBatch)
            rest = rest.dropFirst(next.count)
            seen += try await ask(
                [next.map { candidate($0, records[$0] ?? StreamRecord(), ships: maySpend) }], &results)
        }
        return seen
    }

    /// Whether anything can be asked of the stream without shipping bodies that are too large.
    func isAskable(_ name: Name) -> Bool {
        denials["XINFO GROUPS"] == nil || !payloads.contains(name)
    }

    private var shipsEntries: Bool { denials["XINFO STREAM"] == nil }

    private func candidate(_ name: Name, _ record: StreamRecord, ships: Bool) -> Candidate {
        let isHeavy = payloads.contains(name)
        let bodies = isHeavy ? payloads.expectedBytes(of: name) : 2 * (record.entryBytes ?? 0)
        return Candidate(name: name, record: record, ships: ships, bodyBytes: ships ? bodies : 0)
    }

    /// Asks about the streams, pipeline by pipeline, and again where that has shown that something is denied.
    ///
    /// What is asked next is made ready, and what was answered last is taken, while the server is at work.
    private mutating func ask(
        _ pipelines: [[Candidate]], _ results: inout StreamResults
    ) async throws(RedisClientError) -> SeenStreams {
        var (seen, rest) = (SeenStreams(), pipelines[...])
        seen.reserveCapacity(pipelines.reduce(0) { $0 + $1.count })
        var underWay = nextInquiry(&rest, isFirst: true).map(send)
        while let asked = underWay {
            let next = nextInquiry(&rest)
            let answers = try await receive(asked.underWay)
            if denials.inForce == asked.inquiry.denials {
                underWay = share.isSpent ? nil : next.map(send)
                take(answers, to: asked, &seen, &results)
            } else {
                rest = (asked.inquiry.pipelines + (next?.pipelines ?? []) + rest)[...]
                underWay = nextInquiry(&rest).map(send)
            }
        }
        if let denial = denials["XINFO GROUPS"], !shipsEntries {
            for candidate in rest.joined() { results[candidate.name] = .failure(denial) }
        }
        return seen
    }

    /// What to ask next about the streams; nil where there is none left, or nothing that may be asked.
    private func nextInquiry(_ rest: inout ArraySlice<[Candidate]>, isFirst: Bool = false) -> Inquiry? {
        guard !rest.isEmpty, denials["XINFO GROUPS"] == nil || shipsEntries else { return nil }
        let next = rest.prefix(isFirst ? SamplingPlan.batchesAtFirst : SamplingPlan.batchesAtOnce)
        rest = rest.dropFirst(next.count)
        let pipelines = next.map { $0.filter { kind(of: $0) != nil } }.filter { !$0.isEmpty }
        return Inquiry(
            pipelines: pipelines, questions: pipelines.map { $0.compactMap(question) }, denials: denials.inForce)
    }

    private func send(_ inquiry: Inquiry) -> AskedInquiry {
        let time = denials["XINFO GROUPS"] == nil ? [] : [RedisCommand("TIME")]
        let requests = zip(inquiry.pipelines, inquiry.questions).map { candidates, questions in
            RedisRequest(
                time + questions.flatMap(\.commands), expectedBytes: candidates.reduce(0) { $0 + $1.expectedBytes })
        }
        let asked = ContinuousClock.now
        let underWay = send(requests, withinShare: true) { [questions = inquiry.questions] index, exchange in
            let serverTime = time.isEmpty ? nil : Timestamp(time: exchange.replies[0])
            return questions[index].answers(exchange.replies.dropFirst(time.count), serverTime: serverTime, at: .now)
        }
        return AskedInquiry(inquiry: inquiry, at: asked, underWay: underWay)
    }

    /// Nil where the stream cannot be asked without its entries, and they are not to be shipped.
    private func kind(of candidate: Candidate) -> StreamQuestion.Kind? {
        switch (denials["XINFO GROUPS"] == nil, candidate.ships && shipsEntries) {
        case (true, true): .counters
        case (true, false): .length(earlier: payloads.counters(of: candidate.name))
        case (false, true): .full
        case (false, false): nil
        }
    }

    private func question(_ candidate: Candidate) -> StreamQuestion? {
        let (name, record) = (candidate.name, candidate.record)
        return kind(of: candidate).map { kind in
            StreamQuestion(
                name: name, kind: kind, asksMemory: denials["MEMORY USAGE"] == nil && record.isMemoryDue(name),
                asksExpiry: asksExpiry && denials["PTTL"] == nil && record.isExpiryDue(name),
                known: denials["XINFO CONSUMERS"] == nil ? record.known : nil)
        }
    }

    private mutating func take(
        _ answers: [[Result<StreamQuestion.Answer, SampleError>]], to asked: AskedInquiry, _ seen: inout SeenStreams,
        _ results: inout StreamResults
    ) {
        for (pipeline, answers) in answers.enumerated() {
            for (place, answer) in answers.enumerated() {
                let candidate = asked.inquiry.pipelines[pipeline][place]
                switch answer {
                case .success(let answer):
                    seen.append(
                        record(answer, to: asked.inquiry.questions[pipeline][place], candidate.record, asked.at))
                case .failure(let error): fail(candidate.name, error, &results)
                }
            }
        }
    }

    private mutating func record(
        _ answer: StreamQuestion.Answer, to question: StreamQuestion, _ before: StreamRecord,
        _ asked: ContinuousClock.Instant
    ) -> SeenStream {
        let name = question.name
        var (stream, record) = (answer.stream, before)
        record.lastLook = pollNumber
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
        let seen = SeenStream(
            name: name, stream: stream, fingerprint: answer.fingerprint, asked: asked, isUnchanged: answer.isUnchanged,
            // What is to be looked at more closely follows from what has changed.
            isSettled: answer.isUnchanged && record.known?.isSettled == true)
        record.known = seen.isComplete ? seen.known : nil
        records[name] = record
        return seen
    }

    /// The stream cannot be seen.
    mutating func fail(_ name: Name, _ error: SampleError, _ results: inout StreamResults) {
        results[name] = .failure(error)
        payloads.forget(name)
        records[name, default: StreamRecord()].fail(at: pollNumber)
        if case .noPermission(let command) = error, denials[command] == nil { refused[name] = error }
    }
}

/// A stream that is about to be asked for, and what is remembered of it.
private struct Candidate {
    let name: Name
    let record: StreamRecord
    /// Whether its entries may be shipped.
    let ships: Bool
    let bodyBytes: Int

    /// What the answers are expected to take.
    var expectedBytes: Int { bodyBytes + SamplingPlan.bytesPerStream + (record.known?.consumerBytes ?? 0) }

    /// What it counts in a pipeline, which is bounded in bytes and in groups that are asked for their consumers.
    var weight: Int { max(expectedBytes, (record.known?.groupsAsked ?? 0) * SamplingPlan.bytesPerGroup) }
}

/// What is asked about some pipelines of streams.
private struct Inquiry {
    var pipelines: [[Candidate]]
    var questions: [[StreamQuestion]]
    /// What was denied when it was made.
    var denials: [String: SampleError]
}

/// The same, under way.
private struct AskedInquiry {
    var inquiry: Inquiry
    /// Before it was sent.
    var at: ContinuousClock.Instant
    var underWay: PipelinesUnderWay<[Result<StreamQuestion.Answer, SampleError>]>
}
