import StreamModel

extension NodeRules {
    /// RedisSlow: the p99 of weir's own round trips since the last look, `seconds`; nil: there were none to compare.
    ///
    /// They are counted in buckets: between two bounds it is interpolated, and above 2.5 s it is 2.5 s.
    static func judgeRoundTrip(_ seconds: Double?, _ look: Look, _ judgement: inout Judgement) {
        guard let limit = judgement.limit(.roundTrip, of: .redisSlow) else { return }
        guard let seconds else {
            judgement.isUnknown(.redisSlow, nil, look.subject)
            return
        }
        guard seconds * 1000 > Double(limit) else { return }
        judgement.holds(
            .redisSlow, nil, look.subject,
            Words(
                what:
                    "\(look.node.node) takes about \(FigureText.duration(seconds)) for weir's commands (99th percentile "
                    + "since the last look), more than \(FigureText.duration(Double(limit) / 1000)).",
                command: "SLOWLOG GET 10"))
    }
}
