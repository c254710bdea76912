import StreamModel

extension StreamSnapshot {
    /// The streams `parts` as one of the name `name`, in whatever order they come.
    init(merging parts: [StreamSnapshot], as name: Name) {
        let parts = parts.sorted { $0.name < $1.name }
        // A key that is known to be no stream adds nothing to any sum: that is a fact, and no gap.
        let streams = parts.filter { $0.error != .noSuchKey && $0.error != .wrongType }
        let isWhole = streams.allSatisfy { $0.figures != nil }
        var groups: [Name: [GroupSnapshot.Part]] = [:]
        for stream in streams {
            for group in stream.groups {
                groups[group.name, default: []].append(GroupSnapshot.Part(stream: stream.name, group: group))
            }
        }
        self.init(
            name: name,
            // One target has one database; its streams may be on several nodes of a cluster.
            database: parts.least { $0.database } ?? 0,
            node: Set(parts.map(\.node)).sorted().joined(separator: ", "),
            error: SampleError(ofParts: parts.map { ($0.name, $0.error) }),
            // The oldest figures decide how far the whole can be trusted; those of a key that is gone are in no sum.
            sampleAgeSeconds: streams.greatest { $0.sampleAgeSeconds },
            figures: Figures(merging: streams.map(\.figures), groups: groups.count),
            groups: groups.sorted { $0.key < $1.key }.map { name, parts in
                GroupSnapshot(merging: parts, named: name, isWhole: isWhole)
            })
        members = parts.count
        vanishedGroups = Self.merge(parts.flatMap(\.vanishedGroups))
    }

    /// One for each name: gone since the first of them was, and back only when all are.
    private static func merge(_ groups: [VanishedGroup]) -> [VanishedGroup] {
        Dictionary(grouping: groups, by: \.name).sorted { $0.key < $1.key }.compactMap { name, groups in
            let restores = groups.compactMap(\.restore)
            return groups.least { $0.since }.map { since in
                VanishedGroup(
                    name: name, since: since, restore: restores.isEmpty ? nil : restores.joined(separator: "; "))
            }
        }
    }
}

extension StreamSnapshot.Figures {
    /// The figures of several streams, those of one that was not sampled nil; `groups` distinct ones are in them.
    ///
    /// Nil where none was sampled. Where some were, what the others may add to a figure leaves it unknown.
    fileprivate init?(merging parts: [StreamSnapshot.Figures?], groups: Int) {
        guard parts.contains(where: { $0 != nil }) else { return nil }
        self.init(
            length: parts.total { $0?.length },
            counters: StreamCounters(merging: parts.map { $0?.counters }, groups: groups),
            // An entry is first if it is the oldest of all, and last if it is the youngest.
            firstEntryAgeSeconds: Self.age(parts, { $0.max() }, without: \.isEmpty) { $0.firstEntryAgeSeconds },
            lastEntryAgeSeconds: Self.age(parts, { $0.min() }, without: \.isEmpty) { $0.lastEntryAgeSeconds })
        lastAddedAgeSeconds = Self.age(parts, { $0.min() }, without: \.wasNeverAddedTo) { $0.lastAddedAgeSeconds }
        // One that has a time to live is enough.
        let areExpiring = parts.map { $0?.expires }
        expires = areExpiring.contains(true) ? true : areExpiring.contains(nil) ? nil : false
        countersAgeSeconds = parts.greatest { $0?.countersAgeSeconds }
        memoryBytes = parts.total { $0?.memoryBytes }
        producedPerSecond = parts.total { $0?.producedPerSecond }
    }

    private var isEmpty: Bool { length == 0 }

    private var wasNeverAddedTo: Bool { counters?.lastGeneratedID == .zero }

    /// The age of the first or last entry of all, `without` those streams that can have none; nil where another does not
    /// tell, as its entry may be the one.
    private static func age(
        _ parts: [StreamSnapshot.Figures?], _ choose: ([Double]) -> Double?,
        without hasNone: (StreamSnapshot.Figures) -> Bool, _ age: (StreamSnapshot.Figures) -> Double?
    ) -> Double? {
        var ages: [Double] = []
        for part in parts {
            guard let part else { return nil }
            guard let age = age(part) else {
                if hasNone(part) { continue }
                return nil
            }
            ages.append(age)
        }
        return choose(ages)
    }
}

extension StreamCounters {
    /// The counters of several streams; nil where those of one are not known.
    fileprivate init?(merging parts: [StreamCounters?], groups: Int) {
        guard let keys = parts.total({ $0?.radixTreeKeys }), let nodes = parts.total({ $0?.radixTreeNodes }),
            let lastGeneratedID = parts.greatest({ $0?.lastGeneratedID })
        else { return nil }
        // Which entry is first, last or deleted last is a matter of IDs, whichever stream it is in; a stream without
        // entries has no say. How many were added or deleted is told by all servers of one version or by none.
        let maxDeleted =
            parts.allSatisfy { $0?.maxDeletedEntryID != nil } ? parts.greatest { $0?.maxDeletedEntryID } : nil
        self.init(
            radixTreeKeys: keys, radixTreeNodes: nodes,
            // Most streams have the same groups: neither the sum nor the largest number is how many there are.
            groups: Int64(groups), lastGeneratedID: lastGeneratedID,
            firstEntryID: parts.least { $0?.firstEntryID }, lastEntryID: parts.greatest { $0?.lastEntryID },
            maxDeletedEntryID: maxDeleted, entriesAdded: parts.total { $0?.entriesAdded })
    }
}
