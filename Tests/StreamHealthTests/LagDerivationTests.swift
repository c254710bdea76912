import StreamModel
import Testing

@testable import StreamHealth

@Suite("The lag that is derived")
struct LagDerivationTests {
    private func derived(_ given: LagCase) -> Lag? {
        Lag.derive(
            for: .sample(delivered: given.delivered, lag: given.reported), in: given.stream, on: given.server)
    }

    @Test("is exact where the IDs alone prove it", arguments: LagCase.proven)
    func provenByIDs(given: LagCase) {
        #expect(derived(given) == given.lag)
        // On every server, also one without counters, and whatever lag it reports.
        for server in [nil, .redis(6, 0, 20), .redis(7, 0, 15), .valkey(8, 0, 1)] as [ServerIdentity?] {
            for reported in [nil, 0, 3, 5, -1, 99] as [Int64?] {
                var other = given
                (other.server, other.reported) = (server, reported)
                other.stream.counters?.entriesAdded = nil
                other.stream.counters?.maxDeletedEntryID = nil
                #expect(derived(other) == given.lag)
            }
        }
    }

    @Test("is the server's where that one keeps count and nothing was deleted beyond D", arguments: LagCase.trusted)
    func server(given: LagCase) {
        #expect(derived(given) == given.lag)
    }

    @Test(
        "is estimated by where D lies between the first entry and the last by time",
        arguments: [(10, 99), (11, 99), (509, 50), (1_000, 1), (260, 75), (990, 2)] as [(UInt64, Int64)])
    func byTime(delivered: UInt64, entries: Int64) {
        let stream = StreamObservation.sample(length: 100, first: 10, last: 1_010, generated: 1_010)
        let lag = Lag.derive(for: .sample(delivered: delivered), in: stream, on: .redis(6, 0, 0))
        #expect(lag == Lag(entries: entries, uncertainty: max(entries - 1, 99 - entries)))
    }

    @Test("is the middle where all entries are of one millisecond")
    func oneMillisecond() {
        var stream = StreamObservation.sample(length: 10, first: 5, last: 5, generated: 5)
        stream.counters?.lastEntryID?.sequence = 9
        stream.counters?.lastGeneratedID.sequence = 9
        let lag = Lag.derive(for: .sample(delivered: 5), in: stream, on: .redis(6, 0, 0))
        #expect(lag == Lag(entries: 5, uncertainty: 4))
    }

    @Test("of an estimate that only one value can have is exact")
    func onlyOneValue() {
        let stream = StreamObservation.sample(length: 2, first: 10, last: 20, generated: 20, deleted: 15, added: 3)
        #expect(Lag.derive(for: .sample(delivered: 12), in: stream, on: .redis(7, 0, 0)) == .exact(1))
    }
}
