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
