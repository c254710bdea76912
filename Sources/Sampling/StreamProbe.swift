import RedisClient
import StreamModel

/// One stream's part of a look at entries: those after the last delivered IDs of its groups, and those that were added
/// since its server lost some.
///
/// The stream is asked for before and after in the same pipeline. What was counted is exact only if nothing moved in
/// between; the newer answers then replace the older, so that all figures are of one moment.
struct StreamProbe: Sendable {
    /// Beyond its entries, what the frame takes.
    private static let frameBytes = 2_000

    let name: Name
    private let stream: StreamObservation
    /// Indices into the stream's groups, which are looked at from the IDs that they have there, and how far.
    private let groups: [Int]
    private let depths: [Int]
    /// For each of those groups, the ID up to which entries are counted for themselves.
    private let marks: [StreamID?]
    /// The entries after this ID are counted, and how far; nil: none.
    private let later: (id: StreamID, start: StreamID, depth: Int)?
    /// What the replies will take, by the size of the entries that were last seen.
    let expectedBytes: Int

    /// Nil where there is nothing to look at; `bytes` is what may be spent.
    init?(_ name: Name, _ stream: StreamObservation, wanted: ProbeRequest, entryBytes: Int, within bytes: Int) {
        let groups = stream.groups.indices.filter { group in
            wanted.groups.indices.contains(group) && wanted.groups[group] != nil
                && stream.groups[group].lastDeliveredID.successor != nil
        }
        let start = wanted.after?.successor
        guard !groups.isEmpty || start != nil else { return nil }
        let size = max(64, entryBytes)
        // One more than there are, or it would look as if there were more.
        let all = Int(clamping: stream.length) + 1
        let limit = max(1, min(SamplingPlan.countedEntries, bytes / size, all))
        self.name = name
        self.stream = stream
        self.groups = groups
        depths = groups.map { wanted.groups[$0] == .first ? 1 : limit }
        marks = groups.map { if case .countUpTo(let mark)? = wanted.groups[$0] { mark } else { nil } }
        later = if let id = wanted.after, let start { (id, start, limit) } else { nil }
        expectedBytes = (depths.reduce(later == nil ? 0 : limit, +) + 4) * size + Self.frameBytes
    }

    var commands: [RedisCommand] {
        let frame = StreamQuestion(name: name, kind: .counters, asksMemory: false).commands
        let ranges = zip(groups, depths).map { group, depth in
            range(from: stream.groups[group].lastDeliveredID.successor ?? .zero, depth)
        }
        return frame + ranges + (later.map { [range(from: $0.start, $0.depth)] } ?? []) + frame
    }

    private func range(from start: StreamID, _ depth: Int) -> RedisCommand {
        RedisCommand("XRANGE", key: name.bytes, then: ["\(start)", "+", "COUNT", "\(depth)"].map { Array($0.utf8) })
    }

    /// The stream as the replies to `commands` show it; as it was where they do not help.
    func merged(_ replies: [RedisReply]) -> StreamObservation {
        let count = groups.count + (later == nil ? 0 : 1)
        guard let before = try? StreamObservation(groups: replies[0], stream: replies[1]),
            let after = try? StreamObservation(groups: replies[count + 2], stream: replies[count + 3]),
            let ranges = try? replies[2..<count + 2].map({ try $0.rangeIDs() }), before == after
        else { return stream }
        var result = after
        (result.memoryBytes, result.expires) = (stream.memoryBytes, stream.expires)
        if let later, let found = ranges.last {
            result.later = EntryCount(
                id: later.id, count: Int64(found.count), isComplete: found.count < later.depth)
        }
        for (position, group) in groups.enumerated() {
            let name = stream.groups[group].name
            guard let index = result.groups.firstIndex(where: { $0.name == name }) else { continue }
            let delivered = result.groups[index].lastDeliveredID
            // From an ID before the present one the answer tells as much; from one after it, it does not.
            guard stream.groups[group].lastDeliveredID <= delivered else { continue }
            let undelivered = ranges[position].filter { $0 > delivered }
            let isComplete = ranges[position].count < depths[position]
            let deleted = result.counters?.maxDeletedEntryID
            let seesDeleted = isComplete || (deleted.map { id in undelivered.last.map { id < $0 } ?? false } ?? false)
            result.groups[index].undelivered = UndeliveredProbe(
                first: undelivered.first, count: Int64(undelivered.count), isComplete: isComplete,
                upToDeleted: seesDeleted ? deleted.map { id in Int64(undelivered.count { $0 <= id }) } : nil,
                upTo: marks[position].map { mark in
                    EntryCount(
                        id: mark, count: Int64(undelivered.count { $0 <= mark }),
                        isComplete: isComplete || undelivered.last.map { $0 > mark } ?? false)
                })
        }
        return result
    }
}
