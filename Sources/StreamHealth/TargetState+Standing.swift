package import StreamModel

extension TargetState {
    /// How the target stands at `now`, as far as it decides about remediation; `wants`: the groups that somebody has a
    /// policy for (key, logical stream that shows it, group).
    ///
    /// Of the streams themselves, never of logical ones, and only of those whose last sample succeeded and whose server
    /// answered the last poll.
    package func standing(
        at now: Timestamp, wants: (_ stream: Name, _ shownAs: Name?, _ group: Name) -> Bool
    ) -> TargetStanding {
        var standing = TargetStanding(
            target: configuration.name, time: now, discontinuity: nodes.values.compactMap(\.discontinuity).max())
        guard isUp else { return standing }
        standing.server = leastTrusted
        standing.memoryShare =
            nodes.values.compactMap { $0.memoryShare(configured: configuration.memoryLimitBytes) }.max()
        for element in streams where !element.value.groups.isEmpty {
            let (name, stream) = (element.key, element.value)
            guard let observation = stream.observation, let sampledAt = stream.sampledAt,
                let nodeName = stream.node, let node = nodes[nodeName], node.isUp
            else { continue }
            let shownAs = configuration.logicalStreams.name(showing: name)
            for group in stream.groups {
                if group.value.isJudged {
                    standing.judgedGroups += 1
                    if group.value.isUnhealthy { standing.unhealthyGroups += 1 }
                }
                guard wants(name, shownAs, group.key) else { continue }
                let thresholds = configuration.health.thresholds(stream: name, shownAs: shownAs, group: group.key)
                var wanted = GroupStanding(stream: name, group: group.key, sampledAt: sampledAt)
                wanted.node = nodeName
                wanted.shownAs = shownAs
                wanted.entryBytes = observation.memoryBytes.map { $0 / max(1, observation.length) }
                group.value.describe(
                    &wanted, thresholds: thresholds,
                    // Negative for a sample from before the server was restarted.
                    trustedMilliseconds: max(0, node.continuity.trustedMilliseconds(at: sampledAt)))
                standing.groups.append(wanted)
            }
        }
        standing.groups.sort { ($0.stream, $0.group) < ($1.stream, $1.group) }
        return standing
    }

    /// What one of the servers is: one that is no primary, if there is such a one.
    private var leastTrusted: ServerIdentity? {
        let servers = nodes.sorted { $0.key < $1.key }.filter(\.value.isUp).compactMap(\.value.identity)
        return servers.first { $0.role != "master" } ?? servers.first
    }
}
