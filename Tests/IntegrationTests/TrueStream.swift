import StreamModel

/// A stream whose truth is known, since it is told of everything that is done to the real one.
struct TrueStream {
    struct Group {
        var delivered: StreamID
        /// Entries that were trimmed before this group was given them.
        var trimmedUnread: Int64 = 0
        /// Entries that were deleted singly before it was.
        var deletedUnread: Int64 = 0
        /// Entries that it was given.
        var given: Int64 = 0
    }

    private(set) var entries: [StreamID] = []
    private(set) var groups: [String: Group] = [:]

    mutating func add(_ id: StreamID) {
        entries.append(id)
    }

    mutating func delete(_ id: StreamID) {
        entries.removeAll { $0 == id }
        for name in groups.keys where (groups[name]?.delivered ?? id) < id { groups[name]?.deletedUnread += 1 }
    }

    /// Keeps the newest `count` entries.
    mutating func trim(to count: Int) {
        for id in entries.dropLast(count) {
            for name in groups.keys where (groups[name]?.delivered ?? id) < id {
                groups[name]?.trimmedUnread += 1
            }
        }
        entries = entries.suffix(count)
    }

    mutating func create(_ group: String, at id: StreamID) {
        groups[group] = Group(delivered: id)
    }

    mutating func destroy(_ group: String) {
        groups[group] = nil
    }

    mutating func set(_ group: String, to id: StreamID) {
        groups[group]?.delivered = id
    }

    /// The group was given these.
    mutating func deliver(_ ids: [StreamID], to group: String) {
        guard let last = ids.last else { return }
        groups[group]?.delivered = last
        groups[group]?.given += Int64(ids.count)
    }

    mutating func removeAll() {
        entries = []
        groups = [:]
    }

    func undelivered(_ group: String) -> [StreamID] {
        guard let delivered = groups[group]?.delivered else { return [] }
        return entries.filter { $0 > delivered }
    }
}
