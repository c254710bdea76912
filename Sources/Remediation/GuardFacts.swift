import StreamModel

/// What decides whether a policy whose condition holds for a group may act.
struct GuardFacts: Equatable, Sendable {
    /// Why remediation is paused; nil: it is not.
    var pause: String?
    /// Nil where the server would not tell.
    var role: String?
    /// Since samples last did not follow from those before; nil: never.
    var steadyMilliseconds: Int64?
    var windowMilliseconds: Int64
    /// Used memory by its limit; nil: there is none, or it is not known.
    var memoryShare: Double?
    var judgedGroups: Int
    var unhealthyGroups: Int
    var storm = RemediationSettings.Storm()
    var minIdleMilliseconds: Int64
    var areConsumersKnown = true
    /// How long 99 of 100 entries are held at most; nil: too few have been seen, or it does not matter.
    var p99HoldMilliseconds: Int64?
    /// Of a claim only.
    var claimant: Claimant?

    /// The consumer that is to get entries.
    struct Claimant: Equatable, Sendable {
        var name: Name
        var rereadsOwnPEL: Bool
        /// Nil where the group has no such consumer.
        var standing: ConsumerStanding?
        /// How long ago it may last have been seen.
        var freshnessMilliseconds: Int64
        /// Another one that is at work on entries that the claim would take; nil: none is.
        var robbed: Name?
    }
}
