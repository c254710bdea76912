import StreamModel

/// What a restart of weir must not forget of one group.
struct GroupMemory: Equatable, Codable, Sendable {
    var hadConsumers: Bool
    /// Its place, and what it has lost and been given so far.
    var progress: GroupProgress
    /// Since when its oldest entries have been pending.
    var clock: PendingClock
    /// When any of its consumers was last seen.
    var lastSeen: Timestamp?
    /// How long its entries were held.
    var olderHolds: HoldGeneration?
    var newerHolds: HoldGeneration?
}
