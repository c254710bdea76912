/// What one look at all targets has shown.
struct Look: Sendable {
    var snapshot: SnapshotDocument
    var alerts: AlertsDocument
    /// What could not be looked at, in sentences without a stop.
    var shortfalls: [String] = []
}
