import StreamModel
import Testing

@Suite("A timestamp")
struct TimestampTests {
    @Test(
        "is told in seconds without losing the milliseconds",
        arguments: [(0, 0), (1, 0.001), (1_790_000_000_123, 1_790_000_000.123), (-1_500, -1.5)] as [(Int64, Double)])
    func seconds(milliseconds: Int64, seconds: Double) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test(
        "is told as RFC 3339: the Gregorian calendar, in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_795_264_245_007, "2026-11-21T12:30:45.007Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func rfc3339(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test("knows what lies between it and another")
    func difference() {
        let earlier = Timestamp(milliseconds: 1_000)
        let later = earlier.advanced(byMilliseconds: 250)
        #expect(later.milliseconds(since: earlier) == 250)
        #expect(earlier.milliseconds(since: later) == -250)
        #expect(later.advanced(byMilliseconds: -250) == earlier)
        #expect(earlier < later)
        #expect(!(later < earlier))
    }
}
