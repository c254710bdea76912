import StreamModel

/// What the rules remember of one server from look to look.
struct NodeRecord: Equatable, Sendable {
    private(set) var refusedWrites = ErrorTally(of: ["MISCONF", "OOM", "READONLY"])
    private(set) var missedGroups = ErrorTally(of: ["NOGROUP"])
    private(set) var replicas = ReplicaRecord()
    private var runID: String?
    /// Since when each look has shown it, on the same run; nil: the last did not.
    private(set) var seenSince: Timestamp?

    mutating func see(_ observation: NodeObservation, at now: Timestamp, windowMilliseconds: Int64) {
        let isSameRun = runID != nil && runID == observation.identity?.runID
        runID = observation.identity?.runID
        if !isSameRun || seenSince == nil { seenSince = now }
        refusedWrites.ingest(
            observation.errors, isSameRun: isSameRun, at: now, quietMilliseconds: windowMilliseconds)
        // Its rule waits for it to recur: for a whole window, any burst would go on for as long as the rule waits.
        missedGroups.ingest(
            observation.errors, isSameRun: isSameRun, at: now, quietMilliseconds: windowMilliseconds / 2)
        replicas.ingest(observation, at: now)
    }

    mutating func miss() {
        seenSince = nil
    }
}
