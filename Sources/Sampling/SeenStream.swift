import StreamModel

/// A stream that a poll could see, as far as it has come with it.
struct SeenStream: Sendable {
    let name: Name
    var stream: StreamObservation
    /// Of what was answered about it and its groups; nil where that is not compared from look to look.
    var fingerprint: Int?
    /// A moment before it was asked for.
    var asked: ContinuousClock.Instant
    /// Whether the fingerprint is that of the last look.
    var isUnchanged: Bool
    /// Whether nothing of it is to be looked at more closely, as far as that is known.
    var isSettled: Bool

    /// Whether what is pending in its groups is known from the last look.
    var isSwept: Bool { isUnchanged && stream.groups.allSatisfy { $0.pending == 0 || $0.pendingPage != nil } }

    /// Whether all that the poll wants to know of it is known from the last look.
    var isComplete: Bool { isSettled && isSwept && stream.groups.allSatisfy { $0.consumers != nil } }

    /// What the next look is held against; nil where not all of it could be had.
    var known: KnownStream? {
        // One that was destroyed while the poll was under way is left out, and in the fingerprint all the same.
        guard let fingerprint, stream.counters?.groups == Int64(stream.groups.count),
            stream.groups.allSatisfy({ $0.error == nil && $0.consumers != nil })
        else { return nil }
        return KnownStream(fingerprint: fingerprint, stream: stream, asked: asked, isSettled: isSettled)
    }
}

/// Streams of one batch that could be seen.
typealias SeenStreams = [SeenStream]
