import StreamModel

extension StreamRules {
    /// DeadLetterGrowing, of a stream that holds what was given up on.
    static func judgeDeadLetters(
        _ look: Look, _ record: DeadLetterRecord?, isFirstLook: Bool, _ judgement: inout Judgement
    ) -> DeadLetterRecord? {
        guard let figures = look.stream.figures else { return record }
        let window = look.settings.windowMilliseconds
        var next: DeadLetterRecord
        if let record {
            next = record
            next.ingest(figures, at: look.now, windowMilliseconds: window)
        } else {
            // It takes a pass over the keys to find one.
            let newSeconds = isFirstLook ? nil : Double(2 * window) / 1000
            next = DeadLetterRecord(figures, newSeconds: newSeconds, at: look.now)
        }
        if let growth = next.growth {
            judgement.holds(.deadLetterGrowing, nil, look.subject, Words(growth, figures, look))
        }
        return next
    }
}

extension StreamSnapshot.Figures {
    /// The counters where they are of the last look.
    var currentCounters: StreamCounters? { countersAgeSeconds == nil ? counters : nil }
}

extension Judgement.Words {
    fileprivate init(
        _ growth: DeadLetterRecord.Growth, _ figures: StreamSnapshot.Figures, _ look: StreamRules.Look
    ) {
        let count = growth.entries.map { $0 == 1 ? "1 entry was" : "\($0) entries were" } ?? "Entries were"
        let duration = Double(max(0, look.now.milliseconds(since: growth.since))) / 1000
        let span = duration > 0 ? " within \(FigureText.duration(duration))" : ""
        let total = figures.length.map { ", which now holds \($0)" } ?? ""
        let name = look.stream.name.inSentence
        self.init(
            what: "\(count) added to \(name)\(span)\(total).",
            command: look.command("XREVRANGE \(look.stream.name.quoted) + - COUNT 3"))
    }
}
