/// What one poll saw of one stream.
package struct StreamObservation: Equatable, Sendable {
    /// XLEN.
    package var length: Int64
    package var counters: StreamCounters
    /// False where the counters are from an earlier poll: the stream's entries are too large to ask every time.
    package var countersAreCurrent: Bool
    package var groups: [GroupObservation]

    package init(length: Int64, counters: StreamCounters, countersAreCurrent: Bool, groups: [GroupObservation]) {
        self.length = length
        self.counters = counters
        self.countersAreCurrent = countersAreCurrent
        self.groups = groups
    }
}
