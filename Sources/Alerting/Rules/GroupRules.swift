import StreamModel

/// The rules about consumer groups and what they hold.
enum GroupRules {
    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        judgeExpected(snapshot, settings, &judgement)
        let limits = GroupLimits(judgement)
        var growing: [Name: [Name: PendingBaseline]] = [:]
        var unknownLags: [Name: Set<Name>] = [:]
        for stream in snapshot.streams {
            var baselines = memory.growing[stream.name] ?? [:]
            // What is known of a part of several streams is judged: trouble that was seen is not to wait for the rest.
            if stream.figures != nil {
                judgeVanished(stream, at: now, &judgement)
                let before = baselines
                baselines = [:]
                for group in stream.groups {
                    let seen = SeenGroup(stream: stream, group: group)
                    judgeLosses(seen, &memory, in: snapshot, settings, at: now, &judgement)
                    judgeStatus(seen, &judgement)
                    judgeLag(seen, limits, &judgement)
                    let wasUnknown = memory.unknownLags[stream.name]?.contains(group.name) == true
                    if judgeUnknownLag(seen, wasUnknown: wasUnknown, &judgement) {
                        unknownLags[stream.name, default: []].insert(group.name)
                    }
                    judgeTrimming(seen, limits, &judgement)
                    judgeConsumers(seen, &judgement)
                    judgePending(seen, limits, &judgement)
                    if let baseline = judgeGrowth(seen, since: before[group.name], at: now, &judgement) {
                        baselines[group.name] = baseline
                    }
                }
            }
            if !baselines.isEmpty { growing[stream.name] = baselines }
        }
        memory.growing = growing
        memory.unknownLags = unknownLags
        memory.endLook(snapshot)
    }
}
