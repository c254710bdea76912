import RedisClient
import Remediation
import Sampling
import StreamModel

/// The look for an order's entries in the pending entries list: it says what to ask next, and takes the answer.
struct PendingScan: Sendable {
    static let rowsPerOrder = 1_000
    static let rowsPerPage = 100

    private let order: RemediationOrder
    /// Nil where there is nothing after it.
    private var start: StreamID?
    private var rowsLeft = Self.rowsPerOrder
    private(set) var chosen: [PendingEntry] = []
    /// The last row looked at; `0-0` where the list's end was reached.
    private(set) var cursor: StreamID

    init(_ order: RemediationOrder) {
        self.order = order
        start = order.cursor.successor
        cursor = start == nil ? .zero : order.cursor
    }

    /// Nil where enough has been seen.
    var command: RedisCommand? {
        guard let start, rowsLeft > 0, chosen.count < order.allowance else { return nil }
        return .pending(of: order.group, in: order.stream, from: start, count: rowsToAsk)
    }

    private var rowsToAsk: Int { min(rowsLeft, Self.rowsPerPage) }

    mutating func ingest(_ page: [PendingEntry]) {
        let isLast = page.count < rowsToAsk
        rowsLeft -= rowsToAsk
        for row in page {
            guard chosen.count < order.allowance else { return }
            cursor = row.id
            if order.concerns(row) { chosen.append(row) }
        }
        start = isLast ? nil : cursor.successor
        if start == nil { cursor = .zero }
    }
}
