/// The worst that is wrong with each group, by what it is about.
struct GroupWeights {
    private struct Subject: Hashable {
        var target: String
        var stream: String
        /// Nil: the stream as a whole.
        var group: String?
    }

    private var weights: [Subject: CheckStatus] = [:]

    init(_ troubles: [Trouble]) {
        for trouble in troubles where trouble.counts {
            guard let target = trouble.target, let stream = trouble.stream else { continue }
            let subject = Subject(target: target, stream: stream, group: trouble.group)
            weights[subject] = max(weights[subject] ?? .ok, trouble.status)
        }
    }

    /// `group`: nil where the stream has none.
    func weight(of group: String?, in stream: String, of target: String) -> CheckStatus {
        let whole = weights[Subject(target: target, stream: stream, group: nil)] ?? .ok
        guard let group else { return whole }
        return max(whole, weights[Subject(target: target, stream: stream, group: group)] ?? .ok)
    }
}
