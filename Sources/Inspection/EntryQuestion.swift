import RedisClient
import Sampling
import StreamModel

/// What is asked about one entry in one pipeline, and how the answer is read.
///
/// The groups' places are asked for at the start and at the end: a pipeline is no transaction, for which the least ACL has
/// no right, and somebody may come in between. An entry that a group came by meanwhile is asked for again.
struct EntryQuestion {
    private let id: StreamID
    private let stream: Name
    private let survey: StreamSurvey
    private let frame: StreamQuestion
    private let groups: [GroupObservation]
    /// Those of the groups whose consumers are asked for, and those whose entries before this one are counted.
    private let seen: [GroupObservation]
    private let waiting: [GroupObservation]
    /// How far each count goes; 0: no entry is shipped for that.
    private let depth: Int

    init(_ id: StreamID, of stream: Name, _ survey: StreamSurvey) {
        self.id = id
        self.stream = stream
        self.survey = survey
        frame = StreamQuestion(name: stream, kind: survey.kind)
        groups = Array(survey.groups.sorted { $0.name < $1.name }.prefix(EntryInspector.mostGroups))
        seen = groups.filter { (1...EntryInspector.mostConsumers).contains($0.consumerCount) && survey.mayAskGroups }
        let behind = groups.filter { $0.lastDeliveredID < id }
        let bytes = max(64, survey.entryBytes) * (behind.count + 1)
        depth = behind.isEmpty ? 0 : min(SamplingPlan.countedEntries, SamplingPlan.probeBytes / bytes)
        waiting = depth == 0 ? [] : behind
    }

    var commands: [RedisCommand] {
        var commands = [RedisCommand("TIME")] + frame.commands + [range(id, "\(id)", 1)]
        commands += waiting.map { range($0.lastDeliveredID.successor ?? id, "\(id)", depth) }
        if depth > 0, let next = id.successor { commands.append(range(next, "+", depth)) }
        commands += seen.map { .consumers(of: $0.name, in: stream) }
        commands += groups.map { group in
            let row = ["\(id)", "\(id)", "1"].map { Array($0.utf8) }
            return RedisCommand("XPENDING", key: stream.bytes, then: [group.name.bytes] + row)
        }
        return commands + end
    }

    private var end: [RedisCommand] {
        survey.mayAskGroups ? [RedisCommand("XINFO", "GROUPS", key: stream.bytes)] : frame.commands
    }

    private func range(_ start: StreamID, _ end: String, _ count: Int) -> RedisCommand {
        RedisCommand("XRANGE", key: stream.bytes, then: ["\(start)", end, "COUNT", "\(count)"].map { Array($0.utf8) })
    }

    /// Takes the replies to `commands`; what the entries hold is dropped here.
    func answer(_ replies: [RedisReply], from server: ServerIdentity?) throws(SampleError) -> EntryLook {
        var rest = replies[...]
        let time = rest.popFirst().flatMap { Timestamp(time: $0) }
        var observation = try frame.answer(rest.take(frame.commands.count)[...], serverTime: time).stream
        let before = observation.groups
        var refusals = survey.refusals
        let entry = rest.take(1)
        let counts = rest.take(waiting.count)
        let later = rest.take(depth > 0 && id.successor != nil ? 1 : 0)
        let consumers = rest.take(seen.count)
        let rows = rest.take(groups.count)
        let after =
            survey.mayAskGroups
            ? try rest.take(1)[0].groupList() : try frame.answer(rest, serverTime: time).stream.groups

        var isPresent: Bool?
        do { isPresent = try entry[0].rangeIDs().contains(id) } catch { refusals.append(error) }
        var look = EntryLook(
            id: id, server: server, serverTime: time, stream: observation, isPresent: isPresent,
            later: later.first.flatMap { try? $0.rangeIDs() }.map {
                EntryCount(id: id, count: Int64($0.count), isComplete: $0.count < depth)
            })
        for (group, row) in zip(groups, rows) {
            guard var present = after.first(where: { $0.name == group.name }) else { continue }
            let pending = row.pendingRow(of: id)
            // It was destroyed and made anew meanwhile, at the most.
            if case .failure(.noSuchGroup) = pending { continue }
            if let index = seen.firstIndex(where: { $0.name == group.name }) {
                do { present.consumers = try consumers[index].consumerList() } catch {
                    if error != .noSuchGroup, !refusals.contains(error) { refusals.append(error) }
                }
            }
            if case .failure(let error) = pending, !refusals.contains(error) { refusals.append(error) }
            let ids = waiting.firstIndex { $0.name == group.name }.flatMap { try? counts[$0].rangeIDs() }
            look.groups.append(
                GroupEntryLook(
                    group: present,
                    deliveredBefore: before.first { $0.name == group.name }?.lastDeliveredID, pending: pending,
                    waiting: ids.map { ids in
                        let left = ids.count { $0 > present.lastDeliveredID }
                        return EntryCount(id: id, count: Int64(left), isComplete: ids.count < depth)
                    }))
        }
        observation.groups = look.groups.map(\.group)
        look.stream = observation
        look.groupsLeftOut = max(0, after.count - EntryInspector.mostGroups)
        look.refusals = refusals
        return look
    }
}

extension ArraySlice {
    fileprivate mutating func take(_ count: Int) -> [Element] {
        defer { removeFirst(Swift.min(count, self.count)) }
        return Array(prefix(count))
    }
}

extension RedisReply {
    /// The row of that one ID, of `XPENDING` over no other.
    fileprivate func pendingRow(of id: StreamID) -> Result<PendingEntry?, SampleError> {
        do throws(SampleError) { return .success(try pendingList().first { $0.id == id }) } catch {
            return .failure(error)
        }
    }
}
