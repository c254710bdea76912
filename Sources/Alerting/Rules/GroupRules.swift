import StreamModel

/// The rules about consumer groups and what they hold.
enum GroupRules {
    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        judgeExpected(snapshot, settings, &judgement)
        let limits = GroupLimits(judgement)
        // What is known of a part of several streams is judged: trouble that was seen is not to wait for the rest.
        for stream in snapshot.streams where stream.figures != nil {
            judgeVanished(stream, at: now, &judgement)
            for group in stream.groups {
                let seen = SeenGroup(stream: stream, group: group)
                judgeLosses(seen, &memory, in: snapshot, settings, at: now, &judgement)
                judgeStatus(seen, &judgement)
                judgeLag(seen, limits, &judgement)
                judgeTrimming(seen, limits, &judgement)
            }
        }
        memory.endLook(snapshot)
    }
}
