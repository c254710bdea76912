import StreamModel

/// LagHigh and LagUnknown: how far behind the group is.
extension GroupRules {
    /// Whether the lag is not known; `wasUnknown`: nor was it at the last look.
    ///
    /// Of a stream with large entries it is known at one look in 200, which ends nothing.
    static func judgeUnknownLag(_ seen: SeenGroup, wasUnknown: Bool, _ judgement: inout Judgement) -> Bool {
        guard seen.group.lag == nil, seen.stream.isWhole else {
            if wasUnknown { judgement.isUnknown(.lagUnknown, seen.subject) }
            return false
        }
        if seen.group.error == nil {
            judgement.holds(.lagUnknown, seen.subject, words(onUnknown: seen))
        } else {
            judgement.isUnknown(.lagUnknown, seen.subject)
        }
        return true
    }

    static func judgeLag(_ seen: SeenGroup, _ limits: GroupLimits, _ judgement: inout Judgement) {
        if let seconds = seen.group.lagSeconds {
            if seconds > limits.lagSeconds {
                judgement.holds(.lagHigh, seen.subject, words(seen, seconds: seconds, limit: limits.lagSeconds))
            }
            if seconds > limits.criticalLagSeconds {
                judgement.holds(
                    .lagHigh, .critical, seen.subject, words(seen, seconds: seconds, limit: limits.criticalLagSeconds))
            }
            return
        }
        let lag = seen.group.lag
        if lag == .exact(0) { return }
        judgement.isUnknown(.lagHigh, .critical, seen.subject)
        guard let lag, let limit = limits.lagEntries else { return judgement.isUnknown(.lagHigh, seen.subject) }
        if lag.entries - lag.uncertainty > limit {
            judgement.holds(.lagHigh, seen.subject, words(seen, entriesAbove: limit))
        } else if lag.entries + lag.uncertainty > limit {
            judgement.isUnknown(.lagHigh, seen.subject)
        }
    }

    private static func words(_ seen: SeenGroup, seconds: Double, limit: Double) -> Judgement.Words {
        let bound = FigureText.duration(limit)
        var what =
            "Group \(seen.name) is \(FigureText.duration(seconds)) behind, more than \(bound): it has "
        what += "\(seen.waiting).\(prospect(seen))"
        return Judgement.Words(what: what, command: seen.stream.command("XINFO GROUPS"))
    }

    private static func words(_ seen: SeenGroup, entriesAbove limit: Int64) -> Judgement.Words {
        let what = "Group \(seen.name) has \(seen.waiting), more than \(limit); since when is not known."
        return Judgement.Words(what: what + prospect(seen), command: seen.stream.command("XINFO GROUPS"))
    }

    private static func prospect(_ seen: SeenGroup) -> String {
        if let seconds = seen.group.drainSeconds {
            return " At the present rates none will wait in \(FigureText.duration(seconds))."
        }
        return seen.group.isDraining == false ? " They do not become fewer." : ""
    }

    private static func words(onUnknown seen: SeenGroup) -> Judgement.Words {
        let reported = seen.group.reportedLag.map { "the server's lag of \($0) cannot be relied on" }
        let length = seen.stream.figures?.length.map { ", and the stream holds \(counted($0, "entry", "entries"))" }
        return Judgement.Words(
            what:
                "How many entries wait for group \(seen.name) is not known: \(reported ?? "the server gives no lag"). The "
                + "group was last given \(seen.group.lastDeliveredID)\(length ?? "").",
            command: seen.stream.command("XINFO GROUPS"))
    }
}
