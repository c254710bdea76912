import StreamModel

extension ConsumerSnapshot {
    /// This consumer and its namesake in another stream as one: whoever gives both the same name means the same worker.
    func merged(with other: ConsumerSnapshot) -> ConsumerSnapshot {
        let both = [self, other]
        var merged = ConsumerSnapshot(
            name: name, pending: both.total { $0.pending } ?? .max,
            // It was seen when it was last seen anywhere.
            idleSeconds: min(idleSeconds, other.idleSeconds), inactiveSeconds: both.least { $0.inactiveSeconds },
            maxPendingIdleSeconds: both.greatest { $0.maxPendingIdleSeconds })
        merged.status = ConsumerStatus.worst(of: [status, other.status])
        return merged
    }
}
