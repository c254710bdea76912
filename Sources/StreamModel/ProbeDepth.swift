/// How far to look at the entries that a group was not given yet.
package enum ProbeDepth: Equatable, Sendable {
    /// The first one: its age is the time lag.
    case first
    /// As many as is cheap: if that is all of them, their number is the lag.
    case count
}
