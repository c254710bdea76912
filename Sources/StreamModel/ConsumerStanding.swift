/// How one consumer stands, as far as it decides about remediation.
package struct ConsumerStanding: Equatable, Sendable {
    package var name: Name
    /// How many entries it holds.
    package var pending: Int64
    /// As the server said it when the group was sampled: since its last attempt, and before Redis 7.2 since its last
    /// success.
    ///
    /// No idle time here reaches back behind a restart or a change of role of the server, or a step of its clock: before
    /// that nobody could be seen.
    package var idleMilliseconds: Int64
    /// Nil where too little has been seen to tell.
    package var status: ConsumerStatus?
    /// The longest idle time of the entries that it holds, as far as the sweep has seen; nil: none was looked at.
    package var longestHeldMilliseconds: Int64?
    /// Whether it got some of them done within the last window.
    package var isAtWork: Bool

    package init(
        name: Name, pending: Int64 = 0, idleMilliseconds: Int64 = 0, status: ConsumerStatus? = nil,
        longestHeldMilliseconds: Int64? = nil, isAtWork: Bool = false
    ) {
        self.name = name
        self.pending = pending
        self.idleMilliseconds = idleMilliseconds
        self.status = status
        self.longestHeldMilliseconds = longestHeldMilliseconds
        self.isAtWork = isAtWork
    }
}
