/// What a group's status is decided by.
struct GroupFacts: Equatable, Sendable {
    /// The samples reach back over a whole window, and the consumers could be read.
    var isWindowFull: Bool
    var lossesInWindow: Int64
    /// Since any consumer was last seen, or was seen to get something done.
    var unseenMilliseconds: Int64
    /// A consumer was seen lately.
    var isSeen: Bool
    /// A consumer was not seen, but works on what it holds.
    var isBusy: Bool
    /// Entries are known to wait, and have done so for a whole window.
    var isWaiting: Bool
    /// Nothing was delivered for a whole window.
    var isUnmoved: Bool
    /// Within the window, all that waited at one sample had been delivered by the next.
    var hasCaughtUp: Bool
    /// The entries that wait have become fewer over the window, or it is not known whether they have.
    var isDraining: Bool
}
