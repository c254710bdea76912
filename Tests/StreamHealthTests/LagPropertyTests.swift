import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("The lag of any small observation, also an impossible one")
struct LagPropertyTests {
    private static let servers: [ServerIdentity?] = [
        nil, .redis(6, 2, 0), .redis(7, 0, 15), .redis(8, 0, 0), .valkey(8, 0, 0), .valkey(9, 1, 0),
    ]

    @Test("lies within the length, and is 0 only where a rule proves it", arguments: UInt64(1)...8)
    func bounds(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<3_000 {
            let stream = randomStream(using: &random)
            let group = GroupObservation.sample(
                delivered: UInt64.random(in: 0...6, using: &random), lag: maybe(-1...5, using: &random))
            let server = Self.servers[Int.random(in: Self.servers.indices, using: &random)]
            guard let lag = Lag.derive(for: group, in: stream, on: server) else {
                #expect(!stream.countersAreCurrent, "only old counters leave a lag unknown: \(stream)")
                continue
            }
            #expect((0...stream.length).contains(lag.entries), "\(lag): \(group) in \(stream)")
            #expect(lag.uncertainty >= 0 && lag.uncertainty <= stream.length, "\(lag): \(group) in \(stream)")
            if lag.entries == 0 {
                #expect(
                    lag.isExact && isProven(group, in: stream), "\(group) in \(stream) on \(String(describing: server))"
                )
            }
        }
    }

    /// Whether the IDs say that nothing is left, or the server does and may know.
    private func isProven(_ group: GroupObservation, in stream: StreamObservation) -> Bool {
        stream.length == 0 || group.reportedLag == 0
            || stream.currentCounters.map { counters in
                group.lastDeliveredID >= counters.lastGeneratedID
                    || counters.lastEntryID.map { $0 <= group.lastDeliveredID } == true
            } == true
    }

    private func randomStream(using random: inout SplitMix64) -> StreamObservation {
        .sample(
            length: Int64.random(in: 0...5, using: &random), first: maybe(1...5, using: &random),
            last: maybe(1...5, using: &random), generated: UInt64.random(in: 0...6, using: &random),
            deleted: maybe(0...6, using: &random), added: maybe(0...8, using: &random),
            current: Int.random(in: 0..<4, using: &random) > 0)
    }

    private func maybe<Number: FixedWidthInteger>(
        _ range: ClosedRange<Number>, using random: inout SplitMix64
    ) -> Number? {
        Int.random(in: 0..<4, using: &random) == 0 ? nil : Number.random(in: range, using: &random)
    }
}
