import StreamModel

extension PendingPage {
    /// What a page tells of an entry that was pending before.
    enum Presence: Equatable, Sendable {
        /// It is still pending; nil: nobody holds it.
        case pending(Name?)
        /// It is acknowledged, whoever did that.
        case gone
        /// Nothing: the page does not cover it.
        case notCovered
    }

    func presence(of id: StreamID) -> Presence {
        guard startsSweep else { return .notCovered }
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        guard low < rows.count else { return endsSweep ? .gone : .notCovered }
        return rows[low].id == id ? .pending(rows[low].consumer) : .gone
    }
}
