import StreamModel

/// Chooses which consumers of a group have series: at most `limit`, those in trouble first, then those that hold entries;
/// never one that is abandoned.
///
/// A consumer that was shown stays while others of its kind come and go, so that series do not flicker; it makes room
/// only for one that needs it more.
struct ConsumerSelection: Equatable, Sendable {
    /// Nil: all that are not abandoned.
    private var chosen: Set<Name>?

    init() {}

    /// `before`: the consumers of the last look.
    mutating func update(
        _ consumers: [ConsumerFigures], before: [ConsumerFigures], limit: Int
    ) {
        guard consumers.count(where: { $0.status != .abandoned }) > limit else {
            chosen = nil
            return
        }
        let candidates = consumers.filter { $0.status != .abandoned }
        let shown = chosen ?? Set(before.map(\.name))
        let ranked = candidates.map { consumer in
            (Self.rank(consumer, isShown: shown.contains(consumer.name)), consumer.name)
        }.sorted { $0 < $1 }
        chosen = Set(ranked.prefix(limit).map(\.1))
    }

    /// Those of `consumers` that are shown.
    func shown(of consumers: [ConsumerFigures]) -> [ConsumerFigures] {
        consumers.filter { chosen?.contains($0.name) ?? ($0.status != .abandoned) }
    }

    private static func rank(_ consumer: ConsumerFigures, isShown: Bool) -> Int {
        let need =
            switch consumer.status {
            case .stale, .stuck: 0
            default: consumer.pending > 0 ? 1 : 2
            }
        return 2 * need + (isShown ? 0 : 1)
    }
}
