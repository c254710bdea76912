import StreamModel

/// GroupStopped, GroupStalled and GroupLagging: what the group's status says.
extension GroupRules {
    /// A status excludes the others, and what one said has not ended because another is worse: a group that stalled and
    /// is then found to have stopped goes on being stalled until it works.
    static func judgeStatus(_ seen: SeenGroup, _ judgement: inout Judgement) {
        switch seen.group.statusBesideLosses ?? seen.group.status {
        case .ok: break
        case .stopped:
            judgement.holds(.groupStopped, seen.subject, words(onStopped: seen))
            judgement.isUnknown(.groupStalled, seen.subject)
            judgement.isUnknown(.groupLagging, seen.subject)
        case .abandoned where seen.group.lag == .exact(0): break
        case .abandoned:
            judgeAbandoned(seen, &judgement)
            judgement.isUnknown(.groupStalled, seen.subject)
            judgement.isUnknown(.groupLagging, seen.subject)
        case .stalled:
            judgement.holds(.groupStalled, seen.subject, words(onStalled: seen))
            judgement.isUnknown(.groupLagging, seen.subject)
        case .lagging: judgement.holds(.groupLagging, seen.subject, words(onLagging: seen))
        case .unknown, .losing:
            judgement.isUnknown(.groupStopped, seen.subject)
            judgement.isUnknown(.groupStopped, .info, seen.subject)
            judgement.isUnknown(.groupStalled, seen.subject)
            judgement.isUnknown(.groupLagging, seen.subject)
        }
    }

    /// Nobody is to be woken up for a group that nobody has used for so long, and nobody told where nothing waits.
    private static func judgeAbandoned(_ seen: SeenGroup, _ judgement: inout Judgement) {
        guard let lag = seen.group.lag else { return judgement.isUnknown(.groupStopped, .info, seen.subject) }
        if lag.entries > 0 { judgement.holds(.groupStopped, .info, seen.subject, words(onAbandoned: seen)) }
    }

    private static func words(onStopped seen: SeenGroup) -> Judgement.Words {
        Judgement.Words(
            what: "Group \(seen.name) has \(seen.waiting), and \(absence(seen)).",
            command: seen.command("XINFO CONSUMERS"))
    }

    private static func words(onAbandoned seen: SeenGroup) -> Judgement.Words {
        Judgement.Words(
            what: "Group \(seen.name) has \(seen.waiting), and counts as abandoned: \(absence(seen)).",
            command: seen.command("XINFO CONSUMERS"))
    }

    private static func absence(_ seen: SeenGroup) -> String {
        guard seen.group.consumerCount > 0 else { return "it has no consumers" }
        let subject =
            seen.group.consumerCount == 1 ? "its only consumer has not" : "none of its \(seen.consumers) has"
        return "\(subject) been seen \(seen.unseenSeconds.map { "for \(FigureText.duration($0))" } ?? "lately")"
    }

    private static func words(onStalled seen: SeenGroup) -> Judgement.Words {
        let last = seen.unseenSeconds.map { ", last seen \(FigureText.duration($0)) ago" } ?? ""
        return Judgement.Words(
            what:
                "Group \(seen.name) has \(seen.waiting), and none of them has been handed out for a whole "
                + "window, although it has \(seen.consumers)\(last).",
            command: seen.command("XINFO CONSUMERS"))
    }

    private static func words(onLagging seen: SeenGroup) -> Judgement.Words {
        var what = "Group \(seen.name) has \(seen.waiting), and they do not become fewer"
        if let added = seen.stream.figures?.producedPerSecond, let delivered = seen.group.deliveredPerSecond {
            what += ": \(FigureText.rate(added)) are added per second, and \(FigureText.rate(delivered)) delivered"
        }
        return Judgement.Words(what: what + ".", command: seen.stream.command("XINFO GROUPS"))
    }
}
