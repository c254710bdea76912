import StreamModel
import Testing

@Suite("The history of a lag")
struct LagHistoryTests {
    @Test(
        "has each sample with its time, and the most that it can hold for what is more",
        arguments: [
            [], [(7, 3)], [(0, nil), (5_000, 0), (10_001, 4_294_967_294)],
            [(-4_294_967_295, 1), (0, nil)],
        ] as [[(Int64, Int64?)]])
    func roundTrip(samples: [(Int64, Int64?)]) {
        let samples = samples.map { LagHistory.Sample(time: Timestamp(milliseconds: $0), entries: $1) }
        #expect(LagHistory(samples).samples == samples)
    }

    @Test("holds no more than it can, which is not the same as not known")
    func bounds() {
        let sample = LagHistory.Sample(time: Timestamp(milliseconds: 1), entries: .max)
        #expect(LagHistory([sample]).samples.map(\.entries) == [4_294_967_294])
    }
}
