package import RedisClient
import Sampling
package import StreamModel

/// Looks at single entries of one target's streams, wherever they are; it writes nothing, and keeps no entry's body.
package struct EntryInspector: Sendable {
    /// So many groups of a stream are looked at.
    static let mostGroups = 200
    /// The consumers of a group that has more are not asked for: the server goes through all of them.
    static let mostConsumers: Int64 = 1_000
    /// Streams whose entries are larger are not asked for their first and last one.
    static let mostEntryBytes = 4 << 20
    /// Looks, while groups come by that very entry.
    static let attempts = 3

    var sampler: Sampler
    /// What an entry is taken to have where the server would not tell, in bytes.
    let usualEntryBytes: Int
    /// What the servers say they are, by their names.
    private(set) var identities: [String: ServerIdentity] = [:]

    /// `timeout`: for connecting, and for each exchange as a whole.
    package init(topology: RedisTopology, timeout: Duration, payloadGuard: Int) {
        sampler = Sampler(
            topology: topology, timeout: timeout, selection: StreamSelection(patterns: [], exclude: [], limit: 0),
            plan: SamplingPlan(pendingRows: 0, payloadGuard: payloadGuard, serverTime: .seconds(1)))
        usualEntryBytes = payloadGuard
    }

    /// Connects, and says whether the target has a stream of that name.
    package mutating func has(_ stream: Name, at now: Timestamp) async throws(InspectionError) -> Bool {
        do throws(RedisClientError) {
            for node in try await sampler.meet(at: now) {
                if let observation = try? node.observation.get() { identities[node.node] = observation.identity }
            }
        } catch {
            throw .server(error)
        }
        // XLEN is right for a user who may not ask for the type: what it says of a stream that is empty is no loss.
        let questions = [RedisCommand("TYPE", key: stream.bytes), RedisCommand("XLEN", key: stream.bytes)]
        let replies = try await ask(questions, about: stream).exchange.replies
        if let type = replies[0].bytes { return type == Array("stream".utf8) }
        if let length = replies[1].integer { return length > 0 }
        switch replies[1].error.map({ SampleError($0, to: "XLEN") }) {
        case .wrongType?, nil: return false
        case let error?: throw .stream(error)
        }
    }

    /// The entries that were added in that millisecond and are there: the first so many, and at least two where there are.
    package mutating func entries(
        in milliseconds: UInt64, of stream: Name, limit: Int
    ) async throws(InspectionError) -> [StreamID] {
        let bytes = try await survey(stream).entryBytes
        let count = min(limit, max(2, SamplingPlan.probeBytes / max(1, bytes)))
        let range = RedisCommand(
            "XRANGE", key: stream.bytes,
            then: ["\(milliseconds)", "\(milliseconds)", "COUNT", "\(count)"].map { Array($0.utf8) })
        let replies = try await ask([range], about: stream).exchange.replies
        do throws(SampleError) { return try replies[0].rangeIDs() } catch { throw .stream(error) }
    }

    /// Looks at the entry, and at where every group stands; says which server has it.
    package mutating func look(
        at id: StreamID, of stream: Name
    ) async throws(InspectionError) -> (node: String, look: EntryLook) {
        var survey = try await survey(stream)
        var attempt = 1
        while true {
            let question = EntryQuestion(id, of: stream, survey)
            let (node, exchange) = try await ask(question.commands, about: stream)
            do throws(SampleError) {
                let look = try question.answer(exchange.replies, from: identities[node])
                if !look.isMoving || attempt == Self.attempts { return (node, look) }
                survey.groups = look.groups.map(\.group)
                attempt += 1
            } catch {
                guard error == .noPermission(command: "XINFO STREAM"), survey.mayAskCounters, survey.mayAskGroups else {
                    throw .stream(error)
                }
                survey.mayAskCounters = false
                survey.refusals.append(error)
            }
        }
    }

    /// What there is to be asked for, and how large it may be.
    private mutating func survey(_ stream: Name) async throws(InspectionError) -> StreamSurvey {
        let replies = try await ask(StreamSurvey.commands(stream), about: stream).exchange.replies
        do throws(SampleError) {
            return try StreamSurvey(replies, usualEntryBytes: usualEntryBytes)
        } catch {
            guard error == .noPermission(command: "XINFO GROUPS") else { throw .stream(error) }
        }
        let question = StreamQuestion(name: stream, kind: .full)
        let full = try await ask([RedisCommand("TIME")] + question.commands, about: stream).exchange.replies
        do throws(SampleError) {
            let time = Timestamp(time: full[0])
            let answer = try question.answer(full.dropFirst(), serverTime: time)
            return StreamSurvey(groups: answer.stream.groups, entryBytes: answer.entries?.bytes ?? usualEntryBytes)
        } catch {
            throw .stream(error)
        }
    }

    private mutating func ask(
        _ commands: [RedisCommand], about stream: Name
    ) async throws(InspectionError) -> (node: String, exchange: RedisExchange) {
        do throws(RedisClientError) { return try await sampler.ask(commands, about: stream) } catch {
            throw .server(error)
        }
    }
}
