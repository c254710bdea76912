package import StreamModel

/// Judges one target by the built-in rules, look by look.
///
/// It has no clock and does no I/O.
package struct RuleEvaluator: Equatable, Sendable {
    package var settings: AlertSettings
    /// What the rules that compare have seen of the target.
    private(set) var memory: EvaluatorMemory

    package init(settings: AlertSettings, memory: EvaluatorMemory = EvaluatorMemory()) {
        self.settings = settings
        self.memory = memory
    }

    /// What the look says of everything that is wrong, and of every incident in `tracked`; all of them are the target's.
    package mutating func evaluate(
        _ snapshot: TargetSnapshot, tracked: Set<IncidentKey>, at now: Timestamp
    ) -> [IncidentKey: Verdict] {
        var judgement = Judgement(target: snapshot.name, settings: settings)
        let target = settings.target(snapshot.name)
        NodeRules.judge(snapshot, &memory.nodes, target, at: now, &judgement)
        if snapshot.isUp {
            StreamRules.judge(snapshot, &memory.streams, target, at: now, &judgement)
            GroupRules.judge(snapshot, &memory.groups, target, at: now, &judgement)
        }
        var verdicts = judgement.holding.mapValues(Verdict.holds)
        for key in tracked where verdicts[key] == nil {
            verdicts[key] = verdict(on: key, in: snapshot, judgement)
        }
        return verdicts
    }

    /// On an incident that no rule has spoken of in this look.
    private func verdict(
        on key: IncidentKey, in snapshot: TargetSnapshot, _ judgement: Judgement
    ) -> Verdict {
        guard judgement.isInForce(key.rule, for: key.subject) else { return .gone(.ruleOff) }
        if judgement.unknown.contains(key) { return .unknown }
        switch key.subject {
        case .node(let node):
            return snapshot.nodes.contains { $0.node == node } ? .clear : .gone(.nodeGone)
        case .target:
            return snapshot.isUp ? .clear : .unknown
        case .stream(let name):
            guard snapshot.isUp else { return .unknown }
            guard let stream = snapshot.stream(named: name) else { return absent(.streamGone, in: snapshot) }
            return verdict(on: stream, of: key.rule)
        case .group(let name, let streamName):
            guard snapshot.isUp else { return .unknown }
            guard let stream = snapshot.stream(named: streamName) else { return absent(.streamGone, in: snapshot) }
            let verdict = verdict(on: stream, of: key.rule)
            guard verdict == .clear else { return verdict }
            return stream.groups.contains { $0.name == name } ? .clear : .gone(.groupGone)
        }
    }

    /// On a stream that is watched: nothing is known of one that could not be sampled, but that its key is gone.
    private func verdict(on stream: StreamSnapshot, of rule: AlertRule) -> Verdict {
        switch stream.error {
        case .noSuchKey?, .wrongType?: .gone(.streamGone)
        case nil where stream.figures != nil: .clear
        default: rule == .sampleStale ? .clear : .unknown
        }
    }

    /// A stream that is not in the look is gone only where all keys have been looked through.
    private func absent(_ departure: Departure, in snapshot: TargetSnapshot) -> Verdict {
        snapshot.hasLookedEverywhere ? .gone(departure) : .unknown
    }
}

extension TargetSnapshot {
    /// By halving: there may be many, and they are in order.
    fileprivate func stream(named name: Name) -> StreamSnapshot? {
        var (low, high) = (0, streams.count)
        while low < high {
            let middle = low + (high - low) / 2
            if streams[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low < streams.count && streams[low].name == name ? streams[low] : nil
    }
}
