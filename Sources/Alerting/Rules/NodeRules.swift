import StreamModel

/// The rules about the servers of a target, and about the target as a whole.
enum NodeRules {
    /// None of it outlives weir: all counts are compared with those of the last look.
    struct Memory: Equatable, Sendable {
        var nodes: [String: NodeRecord] = [:]
        var roundTrips = RoundTripRecord()
    }

    /// The rules of which nothing can be told while a server is down.
    private static let ofRunningServers = AlertRule.allCases.filter {
        $0.definition.scope == .node && $0 != .redisDown
    }

    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        memory.roundTrips.ingest(
            snapshot.polling.roundTrip, at: now, windowMilliseconds: settings.windowMilliseconds)
        let nodes = settings.judgesServers ? snapshot.nodes : []
        for node in nodes {
            var record = memory.nodes.removeValue(forKey: node.node) ?? NodeRecord()
            if node.isUp, let observation = node.observation {
                record.see(observation, at: now, windowMilliseconds: settings.windowMilliseconds)
                let look = Look(node: node, observation: observation, record: record, settings: settings, now: now)
                judgeErrors(look, &judgement)
                judgeMemory(look, &judgement)
                judgeEviction(look, snapshot, &judgement)
                judgePersistence(look, &judgement)
                judgeReplicas(look, &judgement)
                judgeRoundTrip(memory.roundTrips, look, &judgement)
            } else {
                record.miss()
                let subject = AlertSubject.node(node.node)
                if !node.isUp { judgement.holds(.redisDown, nil, subject, Words(down: node)) }
                for rule in ofRunningServers { judgement.isUnknown(rule, nil, subject) }
            }
            memory.nodes[node.node] = record
        }
        if memory.nodes.count > nodes.count {
            let present = Set(nodes.map(\.node))
            memory.nodes = memory.nodes.filter { present.contains($0.key) }
        }
        judgeNotSampled(snapshot, &judgement)
    }

    /// One look at a server that is up.
    struct Look {
        var node: NodeSnapshot
        var observation: NodeObservation
        var record: NodeRecord
        var settings: TargetAlertSettings
        var now: Timestamp

        var subject: AlertSubject { .node(node.node) }
    }

    typealias Words = Judgement.Words

    /// Names that a sentence lists at the most.
    static let listedNames = 5

    private static func judgeNotSampled(_ snapshot: TargetSnapshot, _ judgement: inout Judgement) {
        guard snapshot.isUp, snapshot.streamsNotSampled > 0 else { return }
        judgement.holds(.streamsNotSampled, nil, .target, Words(notSampledOf: snapshot))
    }
}

extension Judgement.Words {
    fileprivate init(down node: NodeSnapshot) {
        var reason = (node.error ?? "it has not answered yet")[...]
        // Servers end some errors in a full stop.
        while reason.last == "." || reason.last == " " { reason.removeLast() }
        self.init(what: "\(node.node) cannot be sampled: \(reason).", command: "PING")
    }

    fileprivate init(notSampledOf snapshot: TargetSnapshot) {
        let count = snapshot.streamsNotSampled
        let names = snapshot.namesNotSampled.prefix(NodeRules.listedNames).map(\.inSentence)
        let some = names.isEmpty ? "" : ", such as \(names.joined(separator: ", "))"
        self.init(
            what:
                "\(count) \(count == 1 ? "stream matches" : "streams match") the configuration beyond max_streams and "
                + "\(count == 1 ? "is" : "are") not sampled\(some).")
    }
}
