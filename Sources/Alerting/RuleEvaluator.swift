package import StreamModel

/// Judges one target by the built-in rules, look by look.
///
/// It has no clock and does no I/O.
package struct RuleEvaluator: Equatable, Sendable {
    package var settings: AlertSettings
    /// What the rules that compare have seen of the target.
    package private(set) var memory: EvaluatorMemory

    package init(settings: AlertSettings, memory: EvaluatorMemory = EvaluatorMemory()) {
        self.settings = settings
        self.memory = memory
    }

    /// What the look says of everything that is wrong, and of every incident in `tracked`; all of them are the target's.
    package mutating func evaluate(
        _ snapshot: TargetSnapshot, tracked: Set<IncidentKey>, at now: Timestamp
    ) -> [IncidentKey: Verdict] {
        var judgement = Judgement(target: snapshot.name, settings: settings, tracked: tracked)
        let target = settings.target(snapshot.name)
        NodeRules.judge(snapshot, &memory.nodes, target, at: now, &judgement)
        if snapshot.isUp {
            StreamRules.judge(snapshot, &memory.streams, target, at: now, &judgement)
            GroupRules.judge(snapshot, &memory.groups, target, at: now, &judgement)
        }
        if snapshot.nodes.count > 1 { judgement.place(in: snapshot) }
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
        if key.subject.node != nil, !settings.target(key.target).judgesServers { return .gone(.nodeGone) }
        if judgement.unknown.contains(key) { return .unknown }
        switch key.subject {
        case .node(let node):
            return snapshot.nodes.contains { $0.node == node } ? .clear : .gone(.nodeGone)
        case .target:
            return snapshot.isUp ? .clear : .unknown
        case .stream(let name):
            guard snapshot.isUp else { return .unknown }
            let isJudgedUnsampled = key.rule == .sampleStale && snapshot.stream(named: name) != nil
            return verdict(by: snapshot.presence(ofStream: name), where: isJudgedUnsampled)
        case .group(let name, let stream):
            if key.rule == .groupMissing { return verdictOnMissing(name, of: stream, in: snapshot) }
            guard snapshot.isUp else { return .unknown }
            // Such a group is absent in any case: it is back, or nobody can be waiting for it any more.
            if key.rule == .groupVanished { return verdict(by: snapshot.presence(ofStream: stream)) }
            return verdict(by: snapshot.presence(ofGroup: name, in: stream))
        }
    }

    /// The rule has spoken wherever it could not tell: what is left is there, or another rule's.
    private func verdictOnMissing(_ group: Name, of stream: Name, in snapshot: TargetSnapshot) -> Verdict {
        let expected = TargetAlertSettings.ExpectedGroup(stream: stream, group: group)
        guard settings.target(snapshot.name).expected.contains(expected) else { return .gone(.notExpected) }
        return snapshot.isUp ? .clear : .unknown
    }

    /// `isJudgedUnsampled`: what is known of the subject without a sample is enough for the rule.
    private func verdict(by presence: Presence, where isJudgedUnsampled: Bool = false) -> Verdict {
        switch presence {
        case .there: .clear
        case .unknown: isJudgedUnsampled ? .clear : .unknown
        case .gone(let departure): .gone(departure)
        }
    }
}
