/// When a document that keeps changing is written.
///
/// At once where a change is urgent. Otherwise writing takes at most about a fiftieth of the time, but no change waits
/// longer than 30 s.
package struct WriteSchedule: Equatable, Sendable {
    package typealias Instant = ContinuousClock.Instant

    static let longestDelay = Duration.seconds(30)
    /// The rest after a write, in times of what it took.
    static let rest = 50

    /// Of the first change that is not written.
    private var changedAt: Instant?
    private var isUrgent = false
    private var restsUntil: Instant?
    private var retryAt: Instant?

    package init() {}

    /// When to write; nil where there is nothing to write.
    package var due: Instant? {
        guard let changedAt else { return retryAt }
        if isUrgent { return changedAt }
        let rested = max(changedAt, restsUntil ?? changedAt)
        return min(rested, changedAt + Self.longestDelay, retryAt ?? rested)
    }

    package mutating func changed(at time: Instant, isUrgent: Bool) {
        changedAt = changedAt ?? time
        self.isUrgent = self.isUrgent || isUrgent
    }

    /// The content is again what was written last.
    package mutating func reverted() {
        changedAt = nil
        isUrgent = false
        retryAt = nil
    }

    /// The content of now is being written; what changes from here on is for the next time.
    package mutating func began() {
        reverted()
    }

    package mutating func succeeded(from start: Instant, to end: Instant) {
        reverted()
        ended(from: start, to: end)
    }

    package mutating func failed(from start: Instant, to end: Instant) {
        reverted()
        missed(from: start, to: end)
    }

    /// What began has been written.
    package mutating func ended(from start: Instant, to end: Instant) {
        restsUntil = end + (end - start) * Self.rest
    }

    /// What began has not been written: the next attempt comes with the next change, or else after 30 s.
    package mutating func missed(from start: Instant, to end: Instant) {
        ended(from: start, to: end)
        retryAt = end + Self.longestDelay
    }
}
