extension AlertRule {
    /// The table of built-in rules: when each is news, how bad that is, and what it means.
    package var definition: RuleDefinition {
        switch self {
        case .redisDown:
            rule(
                .node, .critical, seconds: 30,
                "Nothing is known of its streams while it lasts. Unless it is weir alone that is turned away, nobody else "
                    + "reaches them either.")
        case .writesRefused:
            rule(
                .node, .critical,
                "Producers are being turned away, with MISCONF and READONLY also whoever acknowledges: what could not be "
                    + "added is lost unless its producer keeps it, and what could not be acknowledged stays pending.")
        case .noGroupErrors:
            rule(
                .node, .critical, seconds: 60,
                "Consumers ask for a group that is not there, and read nothing: somebody has deleted the group or its "
                    + "stream, or they ask for the wrong name.")
        case .groupVanished:
            rule(
                .group, .critical, seconds: 30,
                "Whoever reads through this group gets errors and nothing else. Made anew at the wrong place it skips "
                    + "or repeats entries.")
        case .groupMissing:
            rule(
                .group, .critical, seconds: 30,
                "The configuration expects this group: nobody can read through it until it is made.")
        case .entriesLost:
            rule(
                .group, .critical,
                "Trimming or deletion has removed entries before the group was given them: they will never be "
                    + "processed.")
        case .entriesSkipped:
            rule(
                .group, .critical,
                "The group's place was moved forward over entries that nobody has read: they will not be delivered "
                    + "unless it is moved back.")
        case .rolledBack:
            rule(
                .stream, .critical,
                "The server came back without its last writes: acknowledged writes are gone, and what groups had read "
                    + "since will be delivered again.")
        case .groupStopped:
            rule(
                .group, levels: [level(.critical, seconds: 180), level(.info, seconds: 0)],
                "Entries wait and nobody comes for them: the consumers have crashed, cannot connect, or were scaled to "
                    + "zero.")
        case .groupStalled:
            rule(
                .group, .critical, seconds: 180,
                "Consumers were seen lately and entries wait, yet none is handed out: the consumers hang, have just "
                    + "died, or ask for something else.")
        case .lagHigh:
            rule(
                .group, levels: [level(.warning, seconds: 120), level(.critical, seconds: 300)],
                limits: [.seconds: 60_000, .criticalSeconds: 300_000, .criticalFor: 300_000, .entries: nil],
                "What is added now is processed that much later.")
        case .groupLagging:
            rule(
                .group, .warning, seconds: 600,
                "As much is added as is read, or more: the group will not catch up by itself.")
        case .lagUnknown:
            rule(
                .group, .warning, seconds: 900,
                "Neither the server nor weir can tell how far behind the group is, so that no alert about its lag can "
                    + "come.")
        case .consumerStale:
            rule(
                .group, .warning,
                "These consumers are dead as far as can be seen: their entries stay pending until somebody claims "
                    + "them.")
        case .consumerStuck:
            rule(
                .group, .warning,
                "These consumers are alive and read on, but have left entries behind that they never acknowledged: "
                    + "those stay pending until somebody claims them, or the consumer reads its own pending entries.")
        case .pendingGrowing:
            rule(
                .group, .warning, seconds: 600,
                "Entries are delivered faster than they are acknowledged: processing falls behind, or "
                    + "acknowledgements are forgotten.")
        case .pendingOld:
            rule(
                .group, .warning, limits: [.age: 3_600_000, .holds: 10],
                "Nobody finishes this entry. Where its idle time is short it is being claimed again and again, which "
                    + "hides it from whoever looks at idle times.")
        case .entryPoisoned:
            rule(
                .group, .warning,
                "It makes whoever processes it fail, and will go on doing so until it is taken out.")
        case .deadLetterGrowing:
            rule(.stream, .warning, "Entries have been given up on since: somebody should look at why.")
        case .trimRisk:
            rule(
                .group, .warning, seconds: 60, limits: [.unreadShare: 500],
                "The next trimming may remove entries that this group has not been given yet.")
        case .streamUntrimmed:
            rule(
                .stream, .warning, seconds: 3600, limits: [.memoryShare: 50],
                "Nothing removes old entries from it: it grows until memory runs out.")
        case .streamSilent:
            rule(.stream, .warning, "Its producers have stopped, or cannot reach the server.")
        case .memoryHigh:
            rule(
                .node, .critical, seconds: 120, limits: [.share: 900],
                "At its maxmemory the server refuses writes or evicts keys, streams among them; without one the kernel "
                    + "kills it when the machine is full.")
        case .memoryRunway:
            rule(
                .node, .warning, seconds: 120, limits: [.within: 3_600_000],
                "At its maxmemory the server refuses writes or evicts keys, streams among them; without one the kernel "
                    + "kills it when the machine is full.")
        case .memoryUnlimited:
            rule(
                .node, .info,
                "Neither the server nor weir's configuration knows a limit: when the machine's memory is full the "
                    + "kernel kills the server.")
        case .evictionEndangersStreams:
            rule(
                .node, .warning,
                "When memory is full the server may remove whole streams, with their groups and whatever was not yet "
                    + "read.")
        case .persistenceFailing:
            rule(
                .node, .warning, seconds: 60,
                "What was written since would be gone after a crash; by default the server soon refuses writes.")
        case .replicaLagging:
            rule(
                .node, .warning, seconds: 60, limits: [.seconds: 10_000],
                "A failover to this replica would lose the writes that it does not have yet.")
        case .redisSlow:
            rule(
                .node, .warning, seconds: 60, limits: [.roundTrip: 100],
                "Everybody who uses this server waits as long: a slow command, a fork, swapping, or the network.")
        case .streamsNotSampled:
            rule(
                .target, .warning, seconds: 120,
                "No alert can come about the streams that are left out.")
        case .sampleStale:
            rule(
                .stream, .warning, seconds: 120, limits: [.intervals: 3],
                "What is shown of it is old, and no other alert about it can come.")
        }
    }

    private func rule(
        _ scope: RuleDefinition.Scope, _ severity: Severity, seconds: Int64 = 0, limits: [RuleLimit: Int64?] = [:],
        _ meaning: String
    ) -> RuleDefinition {
        rule(scope, levels: [level(severity, seconds: seconds)], limits: limits, meaning)
    }

    private func rule(
        _ scope: RuleDefinition.Scope, levels: [RuleDefinition.Level], limits: [RuleLimit: Int64?] = [:],
        _ meaning: String
    ) -> RuleDefinition {
        RuleDefinition(scope: scope, levels: levels, limits: limits, meaning: meaning)
    }

    private func level(_ severity: Severity, seconds: Int64) -> RuleDefinition.Level {
        RuleDefinition.Level(severity: severity, holdMilliseconds: seconds * 1000)
    }
}
