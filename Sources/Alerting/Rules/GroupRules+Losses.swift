import StreamModel

/// EntriesLost and EntriesSkipped: entries that the group will never be given.
extension GroupRules {
    static func judgeLosses(
        _ seen: SeenGroup, _ memory: inout Memory, in snapshot: TargetSnapshot, _ settings: TargetAlertSettings,
        at now: Timestamp, _ judgement: inout Judgement
    ) {
        let (isFirstLook, window) = (!memory.hasLooked, settings.windowMilliseconds)
        let (group, stream) = (seen.group.name, seen.stream.name)
        if let lost = seen.group.entriesLost {
            let rise = memory.lost.record(
                lost, of: group, in: stream, isFirstLook: isFirstLook, at: now, windowMilliseconds: window)
            if let rise { judgement.holds(.entriesLost, seen.subject, words(onLoss: rise, of: seen)) }
        } else {
            judgement.isUnknown(.entriesLost, seen.subject)
        }
        if let skipped = seen.group.entriesSkipped {
            let rise = memory.skipped.record(
                skipped, of: group, in: stream, isFirstLook: isFirstLook, at: now, windowMilliseconds: window)
            if let rise { judgement.holds(.entriesSkipped, seen.subject, words(onSkip: rise, of: seen, in: snapshot)) }
        } else {
            judgement.isUnknown(.entriesSkipped, seen.subject)
        }
    }

    private static func words(onLoss rise: Rise, of seen: SeenGroup) -> Judgement.Words {
        var what = "Group \(seen.name) has lost \(counted(rise.growth, "entry", "entries")), removed from "
        what +=
            "the stream before \(rise.growth == 1 ? "it was" : "they were") given to the group or acknowledged by it"
        what += "\(sum(rise))."
        if let figures = seen.stream.figures, let length = figures.length {
            what += " The stream holds \(counted(length, "entry", "entries"))"
            what += figures.firstEntryAgeSeconds.map { ", the oldest \(FigureText.duration($0)) old." } ?? "."
        }
        return Judgement.Words(what: what, command: seen.stream.command("XINFO GROUPS"))
    }

    private static func words(
        onSkip rise: Rise, of seen: SeenGroup, in snapshot: TargetSnapshot
    ) -> Judgement.Words {
        let event = snapshot.events.last {
            $0.kind == .skipped && $0.stream == seen.stream.name && $0.group == seen.group.name
        }
        let entries = counted(rise.growth, "entry", "entries")
        return Judgement.Words(
            what: "The place of group \(seen.name) was moved forward over \(entries) that nobody had read\(sum(rise)).",
            command: seen.stream.command("XINFO GROUPS"),
            details: event?.restore.map { ["restore": $0] } ?? [:])
    }

    private static func sum(_ rise: Rise) -> String {
        rise.count == rise.growth ? "" : " (\(rise.count) since weir first saw the group)"
    }
}
