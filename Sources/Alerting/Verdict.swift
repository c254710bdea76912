/// What one look says of one possible incident.
package enum Verdict: Equatable, Sendable {
    case holds(Finding)
    case clear
    /// The look does not show it: a gap.
    case unknown
    /// There is nothing any more that it could be about.
    case gone(Departure)
}
