import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// A stream that is produced to and trimmed at known rates, looked at every 5 seconds.
@Suite("The flow of a stream")
struct StreamFlowTests {
    /// Entries 1, 2, 3 …, of which `added` have been added and those from `first` on are left.
    private func stream(
        added: Int64, first: Int64, counted: Bool = true, deleted: UInt64 = 0, current: Bool = true,
        groups: [GroupObservation] = []
    ) -> StreamObservation {
        .sample(
            length: max(0, added - first + 1), first: first <= added ? UInt64(first) * 10 : nil,
            last: first <= added ? UInt64(added) * 10 : nil, generated: UInt64(added) * 10,
            deleted: counted ? deleted : nil, added: counted ? added : nil, current: current, groups: groups)
    }

    private func flow(_ streams: [StreamObservation]) -> StreamFlow {
        var (flow, history) = (StreamFlow(), StreamHistory())
        for (index, stream) in streams.enumerated() {
            history.record(stream)
            flow.record(
                stream, added: history.added, at: Timestamp(milliseconds: Int64(index) * 5_000),
                windowMilliseconds: 60_000)
        }
        return flow
    }

    private func produced(_ streams: [StreamObservation]) -> Double? {
        flow(streams).producedPerSecond(windowMilliseconds: 60_000)
    }

    private func trimmed(_ streams: [StreamObservation]) -> Double? {
        flow(streams).trimmedPerSecond(windowMilliseconds: 60_000)
    }

    @Test("is what A grows by, and what the head loses")
    func counted() {
        let looks = (0...20).map { stream(added: 1_000 + $0 * 50, first: 1 + $0 * 20) }
        #expect(produced(looks) == 10)
        #expect(trimmed(looks) == 4)
        #expect(trimmed((0...20).map { stream(added: 1_000 + $0 * 50, first: 1) }) == 0)
    }

    @Test("is counted by weir where the server does not", arguments: [0, 10, 50] as [Int64])
    func uncounted(trim: Int64) throws {
        // Also while the entries that were there at first sight are trimmed away.
        let looks = (0...60).map { stream(added: 1_000 + $0 * 50, first: 1 + $0 * trim, counted: false) }
        let produced = try #require(self.produced(looks))
        #expect(abs(produced - 10) < 0.3, "\(produced)")
        // Nor does it tell trims from deletions.
        #expect(trimmed(looks) == nil)
    }

    @Test("is not known where all that was seen is gone by the next look, and nothing counts")
    func turnedOver() {
        let looks = (0...20).map { stream(added: 1_000 + $0 * 50, first: 990 + $0 * 50, counted: false) }
        #expect(produced(looks) == nil)
        // Also where looks are so near to each other that some replace others.
        var (flow, history) = (StreamFlow(), StreamHistory())
        for (index, stream) in looks.enumerated() {
            history.record(stream)
            if history.hasBegunCounting { flow.restart() }
            flow.record(
                stream, added: history.added, at: Timestamp(milliseconds: Int64(index) * 500),
                windowMilliseconds: 10_000)
        }
        #expect(flow.producedPerSecond(windowMilliseconds: 10_000) == nil)
    }

    @Test("is told by the groups where the entries are too large to ask for the counters")
    func guarded() {
        let looks = (0...20).map { index in
            let added = 1_000 + Int64(index) * 50
            return stream(
                added: added, first: 1, current: index == 0,
                groups: [
                    .sample(delivered: 1, read: added - 7, lag: 7), .sample("h", delivered: 1, read: nil, lag: 900),
                ])
        }
        #expect(produced(looks) == 10)
        #expect(produced((0...20).map { stream(added: 1_000 + $0 * 50, first: 1, current: false) }) == nil)
    }

    @Test("has no trimming where somebody deletes what has been processed")
    func deleted() {
        let looks = (0...20).map {
            stream(added: 1_000 + $0 * 50, first: 900 + $0 * 50, deleted: UInt64(899 + $0 * 50) * 10)
        }
        #expect(trimmed(looks) == 0)
        #expect(produced(looks) == 10)
    }
}
