import StreamModel

/// Entries that were removed before the group was given them, by conservation between two polls.
///
/// At first sight there is nothing to compare with: a group that was made at 0 on a trimmed stream has lost nothing.
struct LossLedger: Equatable, Codable, Sendable {
    private(set) var lost: Int64 = 0
    private(set) var skipped: Int64 = 0

    /// Takes the next look: `before` and `after` with the lags that are exact there, nil where they are not.
    mutating func settle(
        from before: Position, lag lagBefore: Int64?, to after: Position, lag: Int64?, readsAreCounted: Bool
    ) {
        lost += Self.lost(
            from: before, lag: lagBefore, to: after, lag: lag, readsAreCounted: readsAreCounted)
    }

    mutating func add(skipped entries: Int64) {
        skipped += entries
    }

    /// Entries that were found to be gone while they were pending.
    mutating func add(lost entries: Int64) {
        lost += entries
    }

    /// `readsAreCounted`: R grows by one with each entry that is read, and never otherwise.
    static func lost(
        from before: Position, lag lagBefore: Int64?, to after: Position, lag: Int64?, readsAreCounted: Bool
    ) -> Int64 {
        guard let deleted = deletions(from: before, to: after), let lagBefore, let lag,
            let added = added(from: before, to: after)
        else { return 0 }
        let gone = lagBefore + added - lag - deleted
        if after.delivered == before.delivered { return max(0, gone) }
        // All that the group passed was still there.
        if let first = after.first, first <= before.delivered { return 0 }
        guard after.delivered > before.delivered, readsAreCounted, let read = after.read, let readBefore = before.read,
            read >= readBefore
        else { return 0 }
        return max(0, gone - (read - readBefore))
    }

    /// How many undelivered entries may have been deleted singly in between: that is somebody's will, and no loss.
    ///
    /// Nil where there is no telling.
    private static func deletions(from before: Position, to after: Position) -> Int64? {
        // A deletion beyond T moves T; one at or before it does not show, but there were only so many to delete.
        if after.deleted != nil { return after.deleted == before.deleted ? before.deletable : nil }
        // Before Redis 7.0 the server does not tell of deletions. A trim takes the first entry, whatever else it takes.
        guard let first = after.first, let firstBefore = before.first else { return after.first == nil ? 0 : nil }
        return first > firstBefore && first > after.delivered ? 0 : nil
    }

    /// Entries added in between; before Redis 7.0 known only where there were none.
    static func added(from before: Position, to after: Position) -> Int64? {
        guard let added = after.added, let addedBefore = before.added else {
            return after.generated == before.generated ? 0 : nil
        }
        return added - addedBefore
    }
}
