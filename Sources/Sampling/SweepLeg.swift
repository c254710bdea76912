import RedisClient
import StreamModel

/// One group's part of a poll's sweep: it says what to ask next, and takes the answer.
struct SweepLeg: Sendable {
    /// Where its group is among what the poll has seen.
    struct Origin {
        var stream: Int
        var group: Int
    }

    let stream: Name
    let group: Name
    let origin: Origin
    private let startsSweep: Bool
    /// Where the next page begins; nil once the sweep has ended.
    private(set) var next: StreamID?
    /// How many entries the sweep has still to see: those that were pending when it began, less those seen.
    ///
    /// Entries are delivered in the order of their IDs, so that what came later comes after them: without this a group
    /// that is read as fast as it is swept would never be swept to the end.
    private(set) var left: Int
    private var rowsGranted: Int
    private(set) var wasAsked = false
    private var rows: [PendingEntry] = []
    /// The group was destroyed meanwhile: no error, and no group any more.
    private(set) var isGone = false
    private(set) var error: SampleError?

    init(stream: Name, group: Name, origin: Origin, next: StreamID, left: Int, rowsGranted: Int) {
        self.stream = stream
        self.group = group
        self.origin = origin
        startsSweep = next == .zero
        self.next = next
        self.left = left
        self.rowsGranted = rowsGranted
    }

    /// How many rows to ask for next; 0 where the leg has come to its end.
    var rowsToAsk: Int {
        next == nil || isGone || error != nil ? 0 : min(rowsGranted, SamplingPlan.rowsPerCommand)
    }

    /// Where to begin with them.
    var start: StreamID { next ?? .zero }

    /// What it has seen; nil where it was not asked anything, or was refused.
    var page: PendingPage? {
        guard wasAsked, !isGone, error == nil else { return nil }
        return PendingPage(rows: rows, startsSweep: startsSweep, endsSweep: next == nil)
    }

    var longestIdleMilliseconds: Int64 {
        rows.lazy.map(\.idleMilliseconds).max() ?? 0
    }

    var command: RedisCommand { .pending(of: group, in: stream, from: start, count: rowsToAsk) }

    mutating func ingest(_ answer: Result<[PendingEntry], SampleError>) {
        wasAsked = true
        switch answer {
        case .success(let page): ingest(page)
        case .failure(.noSuchGroup), .failure(.noSuchKey): isGone = true
        case .failure(let error): self.error = error
        }
    }

    mutating func ingest(_ page: [PendingEntry]) {
        let asked = rowsToAsk
        wasAsked = true
        rowsGranted -= asked
        left -= page.count
        rows = rows.isEmpty ? page : rows + page
        next = page.count < asked || left <= 0 ? nil : page.last?.id.successor
    }
}
