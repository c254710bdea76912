import StreamModel

/// What is to come of a group if all goes on as it does.
struct GroupForecast: Equatable, Sendable {
    /// Nil where nothing waits, or it is not known.
    private(set) var isDraining: Bool?
    private(set) var drainSeconds: Double?
    private(set) var trimMarginEntries: Int64?
    private(set) var trimMarginSeconds: Double?

    /// What goes on with the stream.
    struct Surroundings {
        var stream: StreamObservation
        var history: StreamHistory
        var producedPerSecond: Double?
        var trimmedPerSecond: Double?
    }

    /// `lowestPending`: the lowest ID that is pending; nil: not known.
    init(
        lag: Lag?, pending: Int64, lowestPending: StreamID?, health: GroupHealth, deliveredPerSecond: Double?,
        in surroundings: Surroundings
    ) {
        // From a lag that may as well be half as large nothing follows.
        guard let lag, lag.isNearlyExact else { return }
        if lag.entries > 0 {
            // More is delivered than comes. Of a lag that falls because entries are trimmed away this does not hold.
            let net: Double? =
                if let deliveredPerSecond, let produced = surroundings.producedPerSecond {
                    deliveredPerSecond - produced
                } else { nil }
            isDraining = health.isDraining.map { $0 && net.map { $0 > 0 } ?? true }
            if isDraining == true, let net { drainSeconds = Double(lag.entries) / net }
        }
        trimMarginEntries = Self.margin(
            lag: lag, pending: pending, lowestPending: lowestPending, surroundings)
        if let margin = trimMarginEntries, let rate = surroundings.trimmedPerSecond, rate > 0 {
            trimMarginSeconds = Double(margin) / rate
        }
    }

    /// The entries before the first one that was not delivered, or was not acknowledged.
    private static func margin(
        lag: Lag, pending: Int64, lowestPending: StreamID?, _ surroundings: Surroundings
    ) -> Int64? {
        let stream = surroundings.stream
        let delivered = max(0, stream.length - lag.entries)
        guard pending > 0 else { return delivered }
        guard let lowestPending, let before = surroundings.history.entriesBefore(lowestPending, in: stream) else {
            return nil
        }
        return min(delivered, before)
    }
}
