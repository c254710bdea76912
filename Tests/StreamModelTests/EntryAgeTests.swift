import StreamModel
import Testing

@Suite("An entry's age")
struct EntryAgeTests {
    private static let now: Int64 = 1_790_000_000_000

    @Test(
        "is told where a clock made its ID, and otherwise not",
        arguments: [
            (UInt64(now), 0), (UInt64(now - 1), 1), (UInt64(now - 90_000), 90_000),
            // The clocks are read at different moments: a little ahead is no age at all.
            (UInt64(now + 1), 0), (UInt64(now + 5_000), 0),
            (UInt64(now + 5_001), nil), (UInt64.max, nil), (UInt64(Int64.max), nil), (UInt64(Int64.max) + 1, nil),
            // Before there were streams.
            (1_500_000_000_000, now - 1_500_000_000_000), (1_499_999_999_999, nil), (0, nil), (1, nil),
            (1_790_000_000, nil),
        ] as [(UInt64, Int64?)])
    func table(made: UInt64, age: Int64?) {
        let id = StreamID(milliseconds: made, sequence: 7)
        #expect(id.ageMilliseconds(at: Timestamp(milliseconds: Self.now)) == age)
    }

    @Test("is not negative where the server's clock is before everything")
    func clockAtZero() {
        let id = StreamID(milliseconds: 1_600_000_000_000, sequence: 0)
        #expect(id.ageMilliseconds(at: Timestamp(milliseconds: 0)) == nil)
    }
}
