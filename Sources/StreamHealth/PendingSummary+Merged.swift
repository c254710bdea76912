import StreamModel

extension PendingSummary {
    /// What one group has pending in several streams.
    ///
    /// Where not `isWhole`, there may be more in a stream that could not be sampled.
    init(merging parts: [PendingSummary], isWhole: Bool) {
        let entries = isWhole ? parts.total { $0.entries } : nil
        self.init(entries: entries)
        maxIdleSeconds = parts.greatest { $0.maxIdleSeconds }
        oldestAgeSeconds = parts.greatest { $0.oldestAgeSeconds }
        maxDeliveries = parts.greatest { $0.maxDeliveries }
        poison = Self.atLeast(parts.map(\.poison), isWhole: isWhole)
        dangling = Self.atLeast(parts.map(\.dangling), isWhole: isWhole)
        nacked = Self.atLeast(parts.map(\.nacked), isWhole: isWhole)
        coverageRatio = entries.flatMap { Self.coverage(parts, of: $0) }
    }

    /// The sum of those known; nil where that is 0 while one is not known, which may be more.
    ///
    /// A lower bound is what each of them may be anyway, and poisoned entries that were seen are not to wait for a stream
    /// that was not.
    private static func atLeast(_ counts: [Int64?], isWhole: Bool) -> Int64? {
        let known = counts.compactMap(\.self).total { $0 }
        return known == 0 && !(isWhole && counts.allSatisfy { $0 != nil }) ? nil : known
    }

    /// The part of all `entries` that was looked at: a stream weighs as much as it has pending.
    private static func coverage(_ parts: [PendingSummary], of entries: Int64) -> Double? {
        guard entries > 0 else { return parts.least { $0.coverageRatio } }
        let lookedAt = parts.total { part -> Double? in
            part.entries == 0 ? 0 : part.coverageRatio.flatMap { ratio in part.entries.map { ratio * Double($0) } }
        }
        return lookedAt.map { min(1, $0 / Double(entries)) }
    }
}
