package import StreamModel

/// Why nothing is done although a policy's condition holds.
package enum Refusal: Error, Hashable, Sendable {
    /// Somebody has paused remediation; why, if it was said.
    case paused(reason: String)
    /// The server does not take writes: what it is instead.
    case notPrimary(role: String)
    /// The server was restarted, failed over or away, or its clock was set.
    case discontinuity
    /// The server's memory is full, or nearly: the share of its limit in per cent.
    case memory(percent: Int)
    /// Too many groups are unhealthy at once.
    case storm(unhealthy: Int, of: Int)
    /// The group's consumers cannot be read.
    case consumersUnknown
    /// Entries are usually held for longer than the policy waits.
    case holdTime(p99Milliseconds: Int64)
    /// The consumer is not declared to read its own pending entries.
    case notDeclared(consumer: Name)
    /// The group has no such consumer, and a claim would make one that nobody reads as.
    case noSuchConsumer(Name)
    /// It was not seen for so long.
    case notAlive(consumer: Name, idleMilliseconds: Int64)
    /// It holds entries that are overdue themselves.
    case overdueItself(consumer: Name)
    /// A claim would take entries from a consumer that is at work on them.
    case wouldRob(consumer: Name)
    /// The stream has other groups, which would see copies as new.
    case otherGroups(count: Int)
    /// Before Redis 6.2.
    case noAutoclaim
    /// The stream and the other one are not in the same slot of the cluster.
    case slotsDiffer
    /// The entries of an hour are spent: those of the policy itself, or of all together.
    case hourlyBudget(Int, ofPolicy: Bool)
}
