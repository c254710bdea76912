package import StreamModel

/// What came of an order.
package struct RemediationOutcome: Equatable, Sendable {
    /// Moved; in a dry run, those that would have been.
    package var entries: [MovedEntry] = []
    /// Eligible, and not movable: said once, and left where they are.
    package var left: [LeftEntry] = []
    /// Consumers deleted; in a dry run, those that would have been.
    package var forgotten: [Name] = []
    /// IDs that XAUTOCLAIM took out of the pending entries list because nothing was left of the entries: lost.
    package var purged: [StreamID] = []
    /// Where to go on; `0-0`: the list's end was reached.
    package var cursor = StreamID.zero
    /// Why not all was done; what is in `entries` was done nevertheless.
    package var obstacle: Obstacle?

    package init() {}

    package enum Obstacle: Error, Equatable, Sendable {
        /// A condition that is checked at the last moment does not hold.
        case refused(Refusal)
        /// The server's own words; nothing was changed by what failed.
        case server(String)
        /// The connection was lost: what was sent last was done as a whole, or not at all.
        case connection(String)
    }
}
