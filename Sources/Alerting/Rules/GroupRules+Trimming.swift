import StreamModel

/// TrimRisk: whether trimming may take what the group has not been given.
extension GroupRules {
    /// A group that does not catch up is in danger of being overtaken by trimming that is no further away.
    private static let nearSeconds = 3600.0

    static func judgeTrimming(_ seen: SeenGroup, _ limits: GroupLimits, _ judgement: inout Judgement) {
        guard let length = seen.stream.figures?.length, let lag = seen.group.lag else {
            return judgement.isUnknown(.trimRisk, seen.subject)
        }
        guard length > 0, lag.entries > 0 else { return }
        let share = Double(max(0, lag.entries - lag.uncertainty)) / Double(length)
        let isShareHigh = share > limits.unreadShare
        let isOvertaken = isTrimmingFaster(than: seen.group)
        if isShareHigh || isOvertaken == true {
            judgement.holds(
                .trimRisk, seen.subject,
                words(seen, unread: isShareHigh ? share : nil, isOvertaken: isOvertaken == true, length: length))
        } else if isOvertaken == nil {
            judgement.isUnknown(.trimRisk, seen.subject)
        }
    }

    /// Whether trimming will reach what the group has not read before the group does; nil: not known.
    private static func isTrimmingFaster(than group: GroupSnapshot) -> Bool? {
        // Without a full window no trimming can have been seen.
        guard let margin = group.trimMarginSeconds else { return group.status == .unknown ? nil : false }
        if let drain = group.drainSeconds { return margin < drain }
        return group.isDraining == false ? margin < nearSeconds : nil
    }

    private static func words(
        _ seen: SeenGroup, unread share: Double?, isOvertaken: Bool, length: Int64
    ) -> Judgement.Words {
        var sentences: [String] = []
        if isOvertaken, let margin = seen.group.trimMarginSeconds {
            let drain = seen.group.drainSeconds.map { "it needs \(FigureText.duration($0)) to catch up" }
            let entries = seen.group.trimMarginEntries.map { " (\(counted($0, "entry", "entries")))" } ?? ""
            sentences.append(
                "Trimming reaches what group \(seen.name) has not read or acknowledged in \(FigureText.duration(margin))"
                    + "\(entries), and \(drain ?? "it does not catch up").")
        }
        if let share {
            sentences.append(
                "Group \(seen.name) has \(seen.waiting): \(Int(share * 100)) % of the stream's "
                    + "\(counted(length, "entry", "entries")).")
        }
        if seen.isUntrimmed(length: length) { sentences.append("No trimming has been seen so far.") }
        return Judgement.Words(
            what: sentences.joined(separator: " "), command: seen.stream.command("XINFO GROUPS"))
    }
}

extension SeenGroup {
    fileprivate func isUntrimmed(length: Int64) -> Bool {
        group.trimMarginSeconds == nil && (stream.figures?.counters?.entriesAdded ?? length) == length
    }
}
