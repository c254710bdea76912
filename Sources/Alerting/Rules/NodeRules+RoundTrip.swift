import StreamModel

extension NodeRules {
    /// RedisSlow: more than a hundredth of weir's own round trips of the last window were slow, and some lately.
    ///
    /// They are counted in buckets: one that may have been faster than the limit is not slow.
    static func judgeRoundTrip(_ roundTrips: RoundTripRecord, _ look: Look, _ judgement: inout Judgement) {
        guard let limit = judgement.limit(.roundTrip, of: .redisSlow) else { return }
        let (seconds, window) = (Double(limit) / 1000, look.settings.windowMilliseconds)
        guard let excess = roundTrips.excess(over: seconds, withinMilliseconds: window) else {
            judgement.isUnknown(.redisSlow, nil, look.subject)
            return
        }
        guard excess.above > excess.total / 100 else { return }
        // A few in one poll are a large share for a whole window: what does not recur is over.
        let lately = roundTrips.excess(over: seconds, withinMilliseconds: window / 2)
        guard let lately, lately.above > 0 else { return }
        judgement.holds(
            .redisSlow, nil, look.subject,
            Words(
                what:
                    "\(look.node.node) answers slowly: \(excess.above) of the last \(excess.total) round trips took more "
                    + "than \(FigureText.duration(excess.bound)).",
                command: "SLOWLOG GET 10"))
    }
}
