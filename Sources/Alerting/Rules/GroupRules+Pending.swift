import StreamModel

/// PendingOld, EntryPoisoned and PendingGrowing: what was delivered and not acknowledged.
extension GroupRules {
    static func judgePending(_ seen: SeenGroup, _ limits: GroupLimits, _ judgement: inout Judgement) {
        let pending = seen.group.pending
        if pending.entries == 0 { return }
        if let age = pending.oldestAgeSeconds {
            let limit = max(limits.pendingSeconds, (seen.group.hold?.p99Seconds ?? 0) * limits.holds)
            if age > limit { judgement.holds(.pendingOld, seen.subject, words(seen, age: age)) }
        } else {
            judgement.isUnknown(.pendingOld, seen.subject)
        }
        if let poison = pending.poison {
            if poison > 0 { judgement.holds(.entryPoisoned, seen.subject, words(seen, poison: poison)) }
        } else {
            judgement.isUnknown(.entryPoisoned, seen.subject)
        }
    }

    private static func words(_ seen: SeenGroup, age: Double) -> Judgement.Words {
        var what = "An entry of group \(seen.name) has been pending for \(FigureText.duration(age))"
        what +=
            seen.group.hold.map { ", while 99 % are held for \(FigureText.duration($0.p99Seconds)) at most." } ?? "."
        // Whoever claims an entry sets its idle time back to 0.
        if let idle = seen.group.pending.maxIdleSeconds, idle < age / 2 {
            what += " It has been claimed meanwhile: no idle time seen is longer than \(FigureText.duration(idle))."
        }
        return Judgement.Words(what: what, command: seen.command("XPENDING", " - + 10"))
    }

    private static func words(_ seen: SeenGroup, poison: Int64) -> Judgement.Words {
        let entries = counted(poison, "pending entry", "pending entries")
        let most = seen.group.pending.maxDeliveries.map { ", up to \($0) times" } ?? ""
        return Judgement.Words(
            what: "Group \(seen.name) has \(entries) delivered too often\(most).",
            command: seen.command("XPENDING", " - + 10"))
    }

    /// The baseline to compare the next look with; nil: there is no growth to follow.
    static func judgeGrowth(
        _ seen: SeenGroup, since baseline: PendingBaseline?, at now: Timestamp, _ judgement: inout Judgement
    ) -> PendingBaseline? {
        let group = seen.group
        if group.pending.entries == 0 { return nil }
        guard let entries = group.pending.entries, let delivered = group.deliveredPerSecond,
            let acknowledged = group.acknowledgedPerSecond
        else {
            judgement.isUnknown(.pendingGrowing, seen.subject)
            return baseline
        }
        guard delivered > acknowledged else { return nil }
        let baseline = baseline ?? PendingBaseline(entries: entries, since: now)
        if entries > baseline.entries {
            judgement.holds(
                .pendingGrowing, seen.subject,
                words(
                    seen, entries: entries, since: baseline, now, delivered: delivered, acknowledged: acknowledged))
        }
        return baseline
    }

    private static func words(
        _ seen: SeenGroup, entries: Int64, since baseline: PendingBaseline, _ now: Timestamp, delivered: Double,
        acknowledged: Double
    ) -> Judgement.Words {
        let seconds = Double(now.milliseconds(since: baseline.since)) / 1000
        return Judgement.Words(
            what: "Group \(seen.name) has \(counted(entries, "pending entry", "pending entries")), "
                + "\(entries - baseline.entries) more than \(FigureText.duration(seconds)) ago: "
                + "\(FigureText.rate(delivered)) are delivered per second, and \(FigureText.rate(acknowledged)) "
                + "acknowledged.",
            command: seen.command("XPENDING"))
    }
}
