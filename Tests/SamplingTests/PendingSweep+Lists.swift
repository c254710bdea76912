import StreamModel

@testable import Sampling

extension PendingSweep {
    /// `pending` is the size of each pending entries list, by stream and group.
    mutating func legs(over pending: [Name: [Name: Int64]], rows: Int) -> [SweepLeg] {
        let lists = pending.sorted { $0.key < $1.key }.map { stream, groups in
            Lists(stream: stream, groups: groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return legs(over: lists, rows: rows)
    }
}
