import Remediation
import StreamHealth
import StreamModel

/// What an order has done to a group, as far as the polls would take it for something else.
struct RemediationTrace: Equatable, Sendable {
    var stream: Name
    var group: Name
    /// Taken from the consumers that held them.
    var taken: [TakenEntry]
    /// How many pending entries there was nothing left of.
    var purged: Int64

    /// Nil where nothing has changed.
    init?(_ outcome: RemediationOutcome, of order: RemediationOrder) {
        guard !order.isDryRun, !outcome.entries.isEmpty || !outcome.purged.isEmpty else { return nil }
        stream = order.stream
        group = order.group
        taken = outcome.entries.map { TakenEntry(id: $0.id, consumer: $0.consumer) }
        purged = Int64(outcome.purged.count)
    }
}
