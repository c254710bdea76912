import StreamModel

extension StreamRules {
    /// SampleStale.
    static func judgeAge(_ look: Look, _ judgement: inout Judgement) {
        guard let limit = look.limits.sampleAgeSeconds else { return }
        let stream = look.stream
        let isStale = stream.sampleAgeSeconds.map { $0 > limit } ?? (stream.error != nil)
        if isStale { judgement.holds(.sampleStale, nil, look.subject, Words(stale: look)) }
    }
}

extension Judgement.Words {
    fileprivate init(stale look: StreamRules.Look) {
        let stream = look.stream
        let age = stream.sampleAgeSeconds.map { "was last sampled \(FigureText.duration($0)) ago" }
        let reason = stream.error.map { ": \($0)" } ?? ""
        self.init(
            what: "\(stream.name.inSentence) \(age ?? "could not be sampled yet")\(reason).",
            command: look.command("XINFO STREAM \(stream.name.quoted)"))
    }
}
