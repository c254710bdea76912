import StreamModel

extension GroupStatus {
    /// `unknown` is worse than `ok`, which would vouch for what was not seen, and better than any trouble that was.
    private static let worstFirst: [GroupStatus] = [.losing, .stopped, .stalled, .lagging, .abandoned, .unknown, .ok]

    /// The status of a group in several streams: somebody has to look at the worst, however well the others fare.
    static func worst(of statuses: [GroupStatus]) -> GroupStatus {
        worstFirst.first(where: statuses.contains) ?? .unknown
    }
}
