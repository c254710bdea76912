import StreamModel

/// Chooses which consumers of a group have series: at most `limit`, those in trouble first, then those that hold entries;
/// never one that is abandoned.
///
/// A consumer that was shown stays while others of its kind come and go, so that series do not flicker; it makes room
/// only for one that needs it more.
struct ConsumerSelection: Equatable, Sendable {
    private(set) var shown: Set<Name> = []

    mutating func update(_ consumers: [ConsumerObservation], statuses: [Name: ConsumerStatus], limit: Int) {
        let candidates = consumers.filter { statuses[$0.name] != .abandoned }
        guard candidates.count > limit else {
            shown = Set(candidates.map(\.name))
            return
        }
        let ranked = candidates.map { (rank($0, statuses[$0.name]), $0.name) }.sorted { $0 < $1 }
        shown = Set(ranked.prefix(limit).map(\.1))
    }

    private func rank(_ consumer: ConsumerObservation, _ status: ConsumerStatus?) -> Int {
        let need =
            switch status {
            case .stale, .stuck: 0
            default: consumer.pending > 0 ? 1 : 2
            }
        return 2 * need + (shown.contains(consumer.name) ? 0 : 1)
    }
}
