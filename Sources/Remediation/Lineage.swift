import StreamModel

/// How often the entries that weir has requeued had been delivered before.
///
/// The delivery count of a copy begins anew: without this an entry that fails whoever reads it would be requeued for ever,
/// and never be seen to have been delivered too often.
struct Lineage: Equatable, Sendable {
    /// One that is in its stream for the first time.
    struct Copy: Equatable, Codable, Sendable {
        var stream: Name
        var id: StreamID
        /// Of all the entries that it is a copy of.
        var deliveries: Int64
        var time: Timestamp
    }

    /// Copies that are remembered at most, and for how long: most are processed and gone soon.
    private static let most = 10_000
    private static let keptMilliseconds: Int64 = 86_400_000

    /// The oldest first; some may have been forgotten.
    private var copies: [Copy] = []
    private var counts: [Name: [StreamID: Int64]] = [:]

    init(_ copies: [Copy] = []) {
        for copy in copies { note(copy) }
    }

    /// Those that are remembered, the oldest first.
    var remembered: [Copy] { copies.filter { counts[$0.stream]?[$0.id] != nil } }

    mutating func note(_ copy: Copy) {
        copies.append(copy)
        counts[copy.stream, default: [:]][copy.id] = copy.deliveries
        if copies.count > Self.most { forgetOldest(copies.count - Self.most) }
    }

    /// The copy has been moved itself.
    mutating func forget(_ id: StreamID, in stream: Name) {
        counts[stream]?[id] = nil
    }

    mutating func forgetOld(at now: Timestamp) {
        forgetOldest(copies.prefix { now.milliseconds(since: $0.time) >= Self.keptMilliseconds }.count)
    }

    /// By the copy's ID, as far as there are any.
    func earlierDeliveries(in stream: Name) -> [StreamID: Int64] { counts[stream] ?? [:] }

    /// The most of any copy in the stream.
    func mostEarlierDeliveries(in stream: Name) -> Int64 { counts[stream]?.values.max() ?? 0 }

    private mutating func forgetOldest(_ count: Int) {
        guard count > 0 else { return }
        for copy in copies.prefix(count) { forget(copy.id, in: copy.stream) }
        copies.removeFirst(count)
        counts = counts.filter { !$0.value.isEmpty }
    }
}
