import StreamModel

/// A count that grows at times, which is news for a while.
struct Rise: Equatable, Codable, Sendable {
    /// As last seen.
    private(set) var count: Int64
    /// Before it grew for the first time in the episode that is news, or was.
    private var before: Int64
    /// Nil: it has not grown since it was first seen.
    private var grewAt: Timestamp?

    init(from count: Int64) {
        self.count = count
        before = count
    }

    /// How much it grew in the episode.
    var growth: Int64 { count - before }

    func isNews(at now: Timestamp, windowMilliseconds: Int64) -> Bool {
        grewAt.map { now.milliseconds(since: $0) < windowMilliseconds } ?? false
    }

    mutating func see(_ count: Int64, at now: Timestamp, windowMilliseconds: Int64) {
        // Nothing was seen in the future: the clock was set back.
        if let grewAt, now < grewAt { self.grewAt = now }
        if count > self.count {
            if !isNews(at: now, windowMilliseconds: windowMilliseconds) { before = self.count }
            grewAt = now
        } else {
            // A sum over several streams falls when one of them is deleted.
            before = max(0, before - (self.count - count))
        }
        self.count = count
    }
}
