import StreamModel

/// ConsumerStale and ConsumerStuck: consumers that sit on their entries; one incident for all of a group.
extension GroupRules {
    /// Consumers that are named.
    private static let named = 10

    static func judgeConsumers(_ seen: SeenGroup, _ judgement: inout Judgement) {
        let group = seen.group
        let stale = group.consumersByStatus[.stale] ?? 0
        let stuck = group.consumersByStatus[.stuck] ?? 0
        if stale > 0 { judgement.holds(.consumerStale, seen.subject, words(seen, .stale, stale)) }
        if stuck > 0 { judgement.holds(.consumerStuck, seen.subject, words(seen, .stuck, stuck)) }
        guard group.error != nil || group.status == .unknown else { return }
        // While the window fills, those that hold entries for too long cannot be told from those that work on them.
        let judged = group.consumersByStatus.values.reduce(0, +)
        guard group.error != nil || judged < group.consumerCount else { return }
        if stale == 0 { judgement.isUnknown(.consumerStale, seen.subject) }
        if stuck == 0 { judgement.isUnknown(.consumerStuck, seen.subject) }
    }

    private static func words(_ seen: SeenGroup, _ status: ConsumerStatus, _ count: Int) -> Judgement.Words {
        let shown = seen.group.consumers.filter { $0.status == status }.sorted {
            ($0.pending, $1.name) > ($1.pending, $0.name)
        }
        var details: [String: String] = [:]
        if !shown.isEmpty { details["consumers"] = list(shown, of: count) }
        return Judgement.Words(
            what: "\(subject(seen, count)) \(predicate(shown, status, count)).",
            command: seen.command("XPENDING", " - + 10\(shown.first.map { " \($0.name.quoted)" } ?? "")"),
            details: details)
    }

    private static func subject(_ seen: SeenGroup, _ count: Int) -> String {
        if seen.group.consumerCount == 1 { return "The only consumer of group \(seen.name)" }
        let share = count == seen.group.consumerCount ? "All \(seen.consumers)" : "\(count) of the \(seen.consumers)"
        return "\(share) of group \(seen.name)"
    }

    /// `shown`: those of the `count` consumers of which more is known.
    private static func predicate(_ shown: [ConsumerSnapshot], _ status: ConsumerStatus, _ count: Int) -> String {
        let (holds, are, have) = count == 1 ? ("holds", "is", "has") : ("hold", "are", "have")
        let pending = counted(shown.reduce(0) { $0 + $1.pending }, "pending entry", "pending entries")
        let held = shown.isEmpty ? "pending entries" : shown.count < count ? "at least \(pending)" : pending
        let idle = shown.compactMap(\.maxPendingIdleSeconds).max()
        let age = idle.map { ", idle for up to \(FigureText.duration($0))" } ?? ""
        guard status == .stale else { return "\(are) still seen, yet \(holds) \(held)\(age)" }
        let unseen = shown.map(\.idleSeconds).min()
        let since = unseen.map { "for \(count == 1 ? "" : "at least ")\(FigureText.duration($0))" } ?? "lately"
        return "\(holds) \(held)\(age), and \(have) not been seen \(since)"
    }

    /// `worker-1 (12 pending), worker-2 (1 pending) and 3 more`, those that hold most first.
    private static func list(_ shown: [ConsumerSnapshot], of count: Int) -> String {
        let names = shown.prefix(named).map { "\($0.name.inSentence) (\($0.pending) pending)" }.joined(separator: ", ")
        let more = count - min(shown.count, named)
        return more > 0 ? "\(names) and \(more) more" : names
    }
}
