import StreamModel

/// Chooses which consumers of a group have series: at most `limit`, those that hold entries first.
///
/// A consumer that was shown stays while others of its kind come and go, so that series do not flicker; it makes room
/// only for one that holds entries while it holds none.
struct ConsumerSelection: Equatable, Sendable {
    private(set) var shown: Set<Name> = []

    mutating func update(
        _ consumers: [ConsumerObservation], limit: Int, abandonedAfterMilliseconds: Int64
    ) {
        let candidates = consumers.filter { consumer in
            consumer.pending > 0 || consumer.idleMilliseconds < abandonedAfterMilliseconds
        }
        guard candidates.count > limit else {
            shown = Set(candidates.map(\.name))
            return
        }
        let ranked = candidates.sorted { left, right in rank(left) < rank(right) }
        shown = Set(ranked.prefix(limit).map(\.name))
    }

    private func rank(_ consumer: ConsumerObservation) -> (Int, Int, Name) {
        (consumer.pending > 0 ? 0 : 1, shown.contains(consumer.name) ? 0 : 1, consumer.name)
    }
}
