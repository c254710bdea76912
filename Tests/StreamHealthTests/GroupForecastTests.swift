import StreamModel
import Testing

@testable import StreamHealth

/// What follows from lags and rates, and where nothing does.
@Suite("Forecasts of a group")
struct GroupForecastTests {
    /// A minute of looks at a group of which `waiting` entries wait.
    private func health(_ waiting: [Int64]) -> GroupHealth {
        var watched = WatchedGroup()
        for entries in waiting {
            watched.look(seconds: 5) { $0.waiting = entries }
        }
        return watched.health
    }

    private var falling: GroupHealth { health((0...14).map { 1_000 - $0 * 50 }) }
    private var level: GroupHealth { health(Array(repeating: 300, count: 15)) }

    /// A stream of 1,000 entries with IDs 1 to 1,000.
    private func forecast(
        lag: Lag?, pending: Int64 = 0, lowest: UInt64? = nil, health: GroupHealth? = nil, delivered: Double? = 30,
        produced: Double? = 10, trimmed: Double? = 0
    ) -> GroupForecast {
        let stream = StreamObservation.sample(
            length: 1_000, first: 1, last: 1_000, generated: 1_000, deleted: 0, added: 1_000)
        var history = StreamHistory()
        history.record(stream)
        return GroupForecast(
            lag: lag, pending: pending, lowestPending: lowest.map { entryID($0) }, health: health ?? falling,
            deliveredPerSecond: delivered,
            in: GroupForecast.Surroundings(
                stream: stream, history: history, producedPerSecond: produced, trimmedPerSecond: trimmed))
    }

    @Test("the lag drains by what is delivered beyond what is produced")
    func drains() {
        #expect(forecast(lag: .exact(300)).isDraining == true)
        #expect(forecast(lag: .exact(300)).drainSeconds == 15)
        #expect(forecast(lag: Lag(entries: 300, uncertainty: 9)).drainSeconds == 15)
        #expect(forecast(lag: .exact(300), delivered: nil).isDraining == true)
        #expect(forecast(lag: .exact(300), delivered: nil).drainSeconds == nil)
    }

    @Test("it does not where less is delivered, or it has not fallen; what falls by trimming alone does not drain")
    func doesNotDrain() {
        #expect(forecast(lag: .exact(300), health: level).isDraining == false)
        #expect(forecast(lag: .exact(300), health: level).drainSeconds == nil)
        #expect(forecast(lag: .exact(300), delivered: 10).isDraining == false)
        #expect(forecast(lag: .exact(300), delivered: 0, produced: 10).drainSeconds == nil)
    }

    @Test("nothing is said where nothing waits, or the lag is not known")
    func nothing() {
        #expect(forecast(lag: .exact(0)).isDraining == nil)
        #expect(forecast(lag: nil).isDraining == nil)
        // Two looks are too few.
        #expect(forecast(lag: .exact(300), health: health([300, 200])).isDraining == nil)
        #expect(forecast(lag: nil).trimMarginEntries == nil)
    }

    @Test(
        "trimming may take what lies before the first entry that was not delivered or not acknowledged",
        arguments: [
            (0, 0, nil, 1_000), (300, 0, nil, 700), (1_000, 0, nil, 0), (0, 5, 401, 400), (300, 5, 401, 400),
            (900, 5, 401, 100), (300, 5, nil, nil), (0, 5, 1, 0),
        ] as [(Int64, Int64, UInt64?, Int64?)])
    func margin(lag: Int64, pending: Int64, lowest: UInt64?, margin: Int64?) {
        let forecast = forecast(lag: .exact(lag), pending: pending, lowest: lowest, trimmed: 20)
        #expect(forecast.trimMarginEntries == margin)
        #expect(forecast.trimMarginSeconds == margin.map { Double($0) / 20 })
        let untrimmed = self.forecast(lag: .exact(lag), pending: pending, lowest: lowest)
        #expect(untrimmed.trimMarginEntries == margin)
        #expect(untrimmed.trimMarginSeconds == nil)
    }
}
