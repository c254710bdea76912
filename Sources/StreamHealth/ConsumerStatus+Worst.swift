import StreamModel

extension ConsumerStatus {
    /// Nil, not known yet, is what a consumer has that may turn out to be stale or stuck: to call it anything better because
    /// of another stream would be to vouch for it.
    private static let worstFirst: [ConsumerStatus?] = [.stale, .stuck, nil, .busy, .active, .idle, .abandoned]

    /// The status of one consumer in several streams.
    static func worst(of statuses: [ConsumerStatus?]) -> ConsumerStatus? {
        worstFirst.first { statuses.contains($0) } ?? nil
    }
}
