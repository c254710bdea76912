/// One range of media types in an `Accept` header.
struct MediaRange: Equatable {
    /// nil for `*`.
    let type: String?
    /// nil for `*`.
    let subtype: String?
    let version: String?
    /// `q` in thousandths, 0 for what the client refuses.
    let weight: Int

    init?(_ element: WeightedElement) {
        let parts = element.value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[0] != "*" || parts[1] == "*" else {
            return nil
        }
        type = parts[0] == "*" ? nil : parts[0]
        subtype = parts[1] == "*" ? nil : parts[1]
        version = element.parameters["version"]
        weight = element.weight
    }

    /// How much of the media type the range names, from 0 for `*/*`; nil if it is not in the range.
    ///
    /// Of the parameters only `version` counts: it tells the metrics formats apart, while Prometheus adds others, such
    /// as `escaping`, that a server may pass over.
    func specificity(for offer: MediaType) -> Int? {
        guard type == nil || type == offer.type, subtype == nil || subtype == offer.subtype,
            version == nil || version == offer.version
        else { return nil }
        return [type, subtype, version].count { $0 != nil }
    }
}
