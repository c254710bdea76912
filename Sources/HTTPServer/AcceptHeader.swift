/// An `Accept` header.
package struct AcceptHeader: Sendable {
    private let ranges: [MediaRange]

    /// Parts that are malformed are passed over.
    package init(_ header: String?) {
        ranges = (header.map(WeightedElement.list) ?? []).compactMap(MediaRange.init)
    }

    /// The offer the client likes best; nil without a header, or if it accepts none.
    ///
    /// An offer has the weight of the most specific range that it is in. Among those of the highest weight the one that
    /// was named more specifically wins, then the one offered first.
    package func best(of offers: [MediaType]) -> MediaType? {
        var best: (offer: MediaType, rank: (weight: Int, specificity: Int))?
        for offer in offers {
            let matches = ranges.compactMap { range in
                range.specificity(for: offer).map { (specificity: $0, weight: range.weight) }
            }
            guard let governing = matches.max(by: <), governing.weight > 0 else { continue }
            let rank = (weight: governing.weight, specificity: governing.specificity)
            if best.map({ $0.rank < rank }) ?? true {
                best = (offer, rank)
            }
        }
        return best?.offer
    }
}
