import StreamModel

extension StreamRules {
    /// StreamSilent, and what to remember: only where the IDs do not tell when they were made.
    static func judgeSilence(
        _ look: Look, _ record: AdditionRecord?, _ judgement: inout Judgement
    ) -> AdditionRecord? {
        guard let silence = look.settings.silences.first(where: { $0.match.matches(look.stream.name) }) else {
            return nil
        }
        guard let figures = look.stream.figures else { return record }
        let limit = Double(silence.maxMilliseconds) / 1000
        if let age = figures.lastAddedAgeSeconds {
            judge(seconds: age, limit, look, &judgement)
            return nil
        }
        guard let counters = figures.currentCounters else {
            judgement.isUnknown(.streamSilent, nil, look.subject)
            return record
        }
        guard let record, record.isOf(counters) else { return AdditionRecord(counters, at: look.now) }
        judge(seconds: Double(look.now.milliseconds(since: record.since)) / 1000, limit, look, &judgement)
        return record
    }

    /// `seconds` have passed since the last addition that the sample shows: what was added since that was taken is not
    /// known.
    private static func judge(
        seconds: Double, _ limit: Double, _ look: Look, _ judgement: inout Judgement
    ) {
        guard seconds > limit else { return }
        guard seconds - (look.stream.sampleAgeSeconds ?? 0) > limit else {
            judgement.isUnknown(.streamSilent, nil, look.subject)
            return
        }
        judgement.holds(.streamSilent, nil, look.subject, Words(silentSeconds: seconds, limit, look))
    }
}

extension Judgement.Words {
    fileprivate init(silentSeconds seconds: Double, _ limit: Double, _ look: StreamRules.Look) {
        let name = look.stream.name.inSentence
        let isClock = look.stream.figures?.lastAddedAgeSeconds != nil
        self.init(
            what:
                "Nothing has been added to \(name) for \(FigureText.duration(seconds))\(isClock ? "" : " or more"), longer "
                + "than \(FigureText.duration(limit)).",
            command: look.command("XREVRANGE \(look.stream.name.quoted) + - COUNT 1"))
    }
}
