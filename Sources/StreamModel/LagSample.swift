/// How many entries a group had still to be given at one moment.
package struct LagSample: Equatable, Sendable {
    package var time: Timestamp
    /// Nil: not known.
    package var entries: Int64?

    package init(time: Timestamp, entries: Int64?) {
        self.time = time
        self.entries = entries
    }
}
