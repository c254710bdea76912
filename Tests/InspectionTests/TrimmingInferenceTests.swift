import Inspection
import StreamModel
import Testing

@Suite("How a stream is trimmed, by two looks")
struct TrimmingInferenceTests {
    /// The first entry is so old, in seconds.
    private func seen(
        _ length: Int64, added: Int64?, age: Int64 = 4_000, deleted: UInt64? = 0, generated: UInt64? = nil
    ) -> StreamObservation {
        let end = UInt64(now.milliseconds)
        return stream(
            length: length, first: end - UInt64(age * 1000), last: end, generated: (generated ?? 0) + end,
            deleted: deleted, added: added)
    }

    private func guess(_ first: StreamObservation?, _ second: StreamObservation) -> TrimmingInference {
        TrimmingInference(from: first, to: second, at: now)
    }

    @Test("Nothing was removed where all that was added is there")
    func untrimmed() {
        #expect(guess(nil, seen(1_234, added: 1_234)) == .untrimmed)
        #expect(guess(nil, stream(length: 0, first: 0, last: 0, added: 9)) == .empty)
    }

    @Test(
        "A length that somebody may have written down is one it was perhaps trimmed to",
        arguments: [
            (100, 100), (101, nil), (1_000, 1_000), (1_043, 1_000), (1_500, nil), (10_099, 10_000), (10_100, nil),
            (15_050, 15_000), (1_200_001, 1_200_000), (1_234_567, nil), (57, nil),
        ] as [(Int64, Int64?)])
    func length(length: Int64, expected: Int64?) {
        let guess = guess(nil, seen(length, added: 9_999_999))
        if let expected {
            #expect(guess == .byLength(expected, isApproximate: length != expected, isSeen: false))
        } else {
            #expect(guess == .removed(9_999_999 - length))
        }
    }

    @Test("It is seen where both ends move and the length does not")
    func steady() {
        let before = seen(1_000, added: 5_000, age: 4_001)
        #expect(
            guess(before, seen(1_040, added: 5_200, generated: 7))
                == .byLength(1_000, isApproximate: true, isSeen: true))
        #expect(
            guess(before, seen(1_000, added: 5_000, age: 4_001))
                == .byLength(1_000, isApproximate: false, isSeen: false))
    }

    @Test("So is an age; a first look that had another first entry makes it likely")
    func age() {
        #expect(guess(nil, seen(1_234, added: 5_000, age: 3_600)) == .byAge(seconds: 3_600, isSeen: false))
        #expect(
            guess(seen(1_300, added: 4_900, age: 3_620), seen(1_234, added: 5_000, age: 3_590))
                == .byAge(seconds: 3_600, isSeen: true))
        #expect(guess(nil, seen(1_234, added: 5_000, age: 4_000)) == .removed(3_766))
    }

    @Test("Entries deleted behind the first show it, and without counters little does")
    func others() {
        let end = UInt64(now.milliseconds)
        #expect(guess(nil, seen(1_000, added: 5_000, deleted: end - 1)) == .deletedSingly)
        #expect(guess(nil, seen(1_000, added: nil, deleted: nil)) == .unknown)
        #expect(
            guess(
                seen(1_000, added: nil, age: 4_001, deleted: nil), seen(1_000, added: nil, deleted: nil, generated: 7))
                == .byLength(1_000, isApproximate: false, isSeen: true))
        let bare = StreamObservation(length: 9, counters: nil, countersAreCurrent: false, groups: [])
        #expect(guess(nil, bare) == .unknown)
    }
}
