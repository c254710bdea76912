package import StreamModel

extension TargetState {
    /// How the target stands at `now`, as far as it decides about remediation; `wants`: the groups that somebody has a
    /// policy for (key, logical stream that shows it, group).
    ///
    /// Of the streams themselves, never of logical ones, and only of those whose last sample succeeded. After a poll that
    /// failed nothing is known of any.
    package func standing(
        at now: Timestamp, wants: (_ stream: Name, _ shownAs: Name?, _ group: Name) -> Bool
    ) -> TargetStanding {
        var standing = TargetStanding(target: configuration.name, time: now, discontinuity: discontinuity)
        guard isUp else { return standing }
        standing.server = node?.identity
        standing.memoryShare = memoryShare
        for (name, stream) in streams where !stream.groups.isEmpty {
            guard let observation = stream.observation, let sampledAt = stream.sampledAt else { continue }
            let shownAs = configuration.logicalStreams.name(showing: name)
            for group in stream.groups {
                if group.value.isJudged {
                    standing.judgedGroups += 1
                    if group.value.isUnhealthy { standing.unhealthyGroups += 1 }
                }
                guard wants(name, shownAs, group.key) else { continue }
                let thresholds = configuration.health.thresholds(stream: name, shownAs: shownAs, group: group.key)
                var wanted = GroupStanding(stream: name, group: group.key, sampledAt: sampledAt)
                wanted.shownAs = shownAs
                wanted.entryBytes = observation.memoryBytes.map { $0 / max(1, observation.length) }
                group.value.describe(
                    &wanted, thresholds: thresholds,
                    // Negative for a sample from before the server was restarted.
                    trustedMilliseconds: max(0, continuity.trustedMilliseconds(at: sampledAt)))
                standing.groups.append(wanted)
            }
        }
        standing.groups.sort { ($0.stream, $0.group) < ($1.stream, $1.group) }
        return standing
    }

    private var memoryShare: Double? {
        guard let used = node?.memory.usedBytes, let limit = memoryLimitBytes, limit > 0 else { return nil }
        return Double(used) / Double(limit)
    }
}
