import Remediation
import StreamModel

extension RemediationOrder {
    /// Whether the order is about this pending entry.
    ///
    /// Never about one that was given back with XNACK: nobody holds it, and it is on its way to the next reader.
    func concerns(_ row: PendingEntry) -> Bool {
        guard let consumer = row.consumer, row.idleMilliseconds >= minIdleMilliseconds, !skipped.contains(row.id) else {
            return false
        }
        switch task {
        case .claim(let rescuer, _):
            return consumer != rescuer
        case .move(_, let least, let tooMany, _):
            let deliveries = row.deliveries.addingClamped(earlierDeliveries[row.id] ?? 0)
            let isTooMany = tooMany.map { deliveries >= $0 } ?? false
            return deliveries >= least && !isTooMany && !spared.contains(consumer)
        case .forget:
            return false
        }
    }

    /// The consumer at work from which a claim of the rows would take one: XAUTOCLAIM spares nobody.
    func robbed(by rows: [PendingEntry]) -> Name? {
        rows.lazy.filter { concerns($0) }.compactMap(\.consumer).first { spared.contains($0) }
    }
}
