import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("How many entries lie before an ID")
struct StreamHistoryTests {
    /// A stream of one entry a millisecond from ID 1 on, those from `first` to `last` left.
    private func stream(first: UInt64, last: UInt64, counted: Bool = true) -> StreamObservation {
        .sample(
            length: Int64(last - first + 1), first: first, last: last, generated: last, deleted: counted ? 0 : nil,
            added: counted ? Int64(last) : nil)
    }

    @Test(
        "is told by the looks around it", arguments: [true, false],
        [(100, 0), (101, 0), (150, 49), (600, 499), (1_050, 949), (2_000, 1_899), (9_999, 1_900)] as [(UInt64, Int64)])
    func between(counted: Bool, place: (id: UInt64, before: Int64)) throws {
        var history = StreamHistory()
        for last in stride(from: UInt64(500), through: 2_000, by: 500) {
            history.record(stream(first: 101, last: last, counted: counted))
        }
        let before = try #require(history.entriesBefore(entryID(place.id), in: stream(first: 101, last: 2_000)))
        #expect(abs(before - place.before) <= 1, "\(before)")
    }

    @Test("lies between 0 and the length, and grows with the ID", arguments: UInt64(1)...8)
    func bounds(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var history = StreamHistory()
        var (first, last): (UInt64, UInt64) = (1, 50)
        let counted = Bool.random(using: &random)
        for _ in 0..<200 {
            last += UInt64.random(in: 0...40, using: &random)
            first = min(last, first + UInt64.random(in: 0...40, using: &random))
            let present = stream(first: first, last: last, counted: counted)
            history.record(present)
            guard history.added != nil else { continue }
            var before: Int64 = 0
            for id in stride(from: first, through: last, by: 7) {
                let count = try #require(history.entriesBefore(entryID(id), in: present))
                #expect((before...present.length).contains(count), "\(count) at \(id) of \(first)...\(last)")
                before = count
            }
        }
    }

    @Test("is not known where the stream's head is not")
    func unknown() {
        let history = StreamHistory()
        #expect(history.entriesBefore(entryID(5), in: stream(first: 1, last: 9)) == nil)
    }
}
