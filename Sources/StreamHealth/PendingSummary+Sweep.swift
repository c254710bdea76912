import StreamModel

extension PendingSummary {
    /// What the sweep shows at `now` of a list that had `entries` at the last sample.
    ///
    /// The counts of a sweep may be from before entries were acknowledged: no count is larger than the list.
    init(entries: Int64, _ swept: SweptPending, at now: Timestamp) {
        self.init(entries: entries)
        oldestAgeSeconds = swept.oldestAgeSeconds(at: now)
        coverageRatio = swept.coverageRatio(of: entries)
        guard entries > 0 else {
            (poison, dangling, nacked) = (0, 0, 0)
            return
        }
        guard let figures = swept.figures else { return }
        maxIdleSeconds = figures.maxIdleMilliseconds.map { Double($0) / 1000 }
        maxDeliveries = figures.maxDeliveries
        poison = min(figures.poison, entries)
        dangling = figures.dangling.map { min($0, entries) }
        nacked = min(figures.nacked, entries)
    }
}
