extension Sequence {
    /// Cuts the elements, in their order, into batches of at most `count`, and of at most `limit` by `weight`.
    ///
    /// An element that weighs more is a batch of its own.
    func batched(count: Int, limit: Int, weight: (Element) -> Int) -> [[Element]] {
        var batches: [[Element]] = []
        var batch: [Element] = []
        var total = 0
        for element in self {
            let own = weight(element)
            if !batch.isEmpty, batch.count == count || total + own > limit {
                batches.append(batch)
                (batch, total) = ([], 0)
            }
            batch.append(element)
            total += own
        }
        return batch.isEmpty ? batches : batches + [batch]
    }
}
