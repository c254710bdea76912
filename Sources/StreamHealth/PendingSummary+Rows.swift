import StreamModel

extension PendingSummary {
    /// What the head of a pending entries list shows.
    ///
    /// `rows` is nil where it could not be read, or was not asked for.
    init(entries: Int64, rows: [PendingEntry]?, firstEntryID: StreamID?, isStreamEmpty: Bool, poisonDeliveries: Int64) {
        self.init(entries: entries)
        guard entries > 0 else {
            (poison, dangling, nacked, coverageRatio) = (0, 0, 0, 1)
            return
        }
        guard let rows else { return }
        // There are some, and the budget left none of them to be looked at.
        guard !rows.isEmpty else {
            coverageRatio = 0
            return
        }
        let held = rows.filter { !$0.isNacked }
        maxIdleSeconds = held.map(\.idleMilliseconds).max().map { Double($0) / 1000 }
        maxDeliveries = held.map(\.deliveries).max()
        poison = Int64(held.count { $0.deliveries >= poisonDeliveries })
        nacked = Int64(rows.count - held.count)
        // An ID before the first entry is certainly gone; one after it may have been deleted singly.
        dangling = isStreamEmpty ? Int64(rows.count) : firstEntryID.map { first in Int64(rows.count { $0.id < first }) }
        coverageRatio = min(1, Double(rows.count) / Double(entries))
    }
}
