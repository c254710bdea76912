/// How far to look at the entries that a group was not given yet.
package enum ProbeDepth: Equatable, Sendable {
    /// The first one: its age is the time lag.
    case first
    /// As many as is cheap: if that is all of them, their number is the lag.
    case count
    /// As `count`, and how many of them lie up to this ID: the group had been given those, before its server lost that.
    case countUpTo(StreamID)
}
