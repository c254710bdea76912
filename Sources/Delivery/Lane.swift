import Platform
package import StreamModel

/// What waits for one receiver, and how that receiver has behaved lately.
///
/// A pure state machine: it says what to send next, and is told what became of it. One notification is under way at a
/// time. Of one incident nothing overtakes what came before; a notification that fails on its own account holds up no
/// other. Several failures in a row trip the breaker: from then on one notification at a time is tried, after a wait.
package struct Lane: Sendable {
    /// Notifications that wait at most: beyond, the oldest are given up.
    package static let limit = 10_000
    /// All of them together.
    package static let limitBytes = 14 << 20
    /// Failures in a row that trip the breaker.
    package static let breakerFailures = 5
    /// The longest wait for the next attempt, where the receiver does not ask for more.
    package static let longestDelay = Duration.seconds(15)
    /// Notifications that are looked through for one that may be sent: those behind wait for their turn.
    private static let lookahead = 64

    package enum Consequence: Equatable, Sendable {
        case delivered
        /// `isNews`: the breaker has tripped with this, or it is the first failure in a row.
        case retrying(reason: String, isNews: Bool)
        /// It has been given up.
        case rejected(reason: String)
        /// The receiver wants nothing any more: all that waited has been given up.
        case stopped(reason: String, dropped: [QueuedNotification])
    }

    package private(set) var waiting: [QueuedNotification] = []
    /// The present state of affairs, to be repeated when nothing else waits; worth nothing once there is a newer one.
    private var refreshes: [QueuedNotification] = []
    private var bytes = 0
    private(set) var underWay: UInt64?
    private var failures = 0
    private var notBefore: Timestamp?
    /// Why the receiver wants nothing any more.
    package private(set) var stopped: String?

    package init() {}

    private static let backoff = Backoff(first: .milliseconds(500), longest: longestDelay)

    package var isFailing: Bool { failures > 0 }

    package var isBroken: Bool { failures >= Self.breakerFailures }

    /// Puts it at the end; gives what had to be given up for it, or itself where the receiver wants nothing any more.
    package mutating func enqueue(_ notification: QueuedNotification) -> [QueuedNotification] {
        if stopped != nil { return [notification] }
        waiting.append(notification)
        bytes += notification.json.count
        // How things stood before this is no longer how they stand.
        refreshes = []
        var dropped: [QueuedNotification] = []
        while waiting.count > Self.limit || bytes > Self.limitBytes, waiting.count > 1 {
            // What is under way may have arrived.
            let oldest = waiting[0].sequence == underWay ? 1 : 0
            bytes -= waiting[oldest].json.count
            dropped.append(waiting.remove(at: oldest))
        }
        return dropped
    }

    /// The receiver is another one, or answers at another place: what is under way does not count, and nothing is late.
    package mutating func renew() {
        underWay = nil
        failures = 0
        notBefore = nil
        stopped = nil
        for index in waiting.indices {
            waiting[index].failures = 0
            waiting[index].notBefore = nil
        }
    }

    /// To be sent when nothing else waits, in place of the last such.
    package mutating func refresh(_ notifications: [QueuedNotification]) {
        if stopped == nil { refreshes = notifications }
    }

    /// What is to be sent now, which is then under way; nil where there is nothing, or not yet.
    ///
    /// Only what is of a lower sequence than `limit` has been written down.
    package mutating func next(at now: Timestamp, below limit: UInt64) -> QueuedNotification? {
        guard underWay == nil, stopped == nil, notBefore.map({ $0 <= now }) ?? true else { return nil }
        var taken: Set<UInt64> = []
        for notification in waiting.prefix(Self.lookahead) where notification.sequence < limit {
            let isFree = taken.isDisjoint(with: notification.incidents)
            if isFree, isBroken || (notification.notBefore ?? now) <= now {
                underWay = notification.sequence
                return notification
            }
            taken.formUnion(notification.incidents)
        }
        guard waiting.isEmpty, !refreshes.isEmpty else { return nil }
        let refresh = refreshes.removeFirst()
        underWay = refresh.sequence
        return refresh
    }

    /// When `next` may have something that it does not have now; nil: not by the passing of time.
    package var wake: Timestamp? {
        guard underWay == nil, stopped == nil, !(waiting.isEmpty && refreshes.isEmpty) else { return nil }
        return notBefore ?? waiting.prefix(Self.lookahead).compactMap(\.notBefore).min()
    }

    /// What was under way came to this.
    package mutating func finished(
        _ sequence: UInt64, _ result: DeliveryResult, at now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> Consequence {
        underWay = nil
        switch result {
        case .delivered:
            remove(sequence)
            recovered()
            return .delivered
        case .rejected(let reason):
            remove(sequence)
            // It has answered.
            recovered()
            return .rejected(reason: reason)
        case .stopped(let reason):
            let dropped = waiting
            self = Lane()
            stopped = reason
            return .stopped(reason: reason, dropped: dropped)
        case .later(let reason, let retryAfter):
            failures += 1
            if isBroken || retryAfter != nil {
                let delay = Self.backoff.delay(afterFailures: failures, using: &random)
                notBefore = now.advanced(by: max(retryAfter ?? .zero, delay))
            }
            if let index = waiting.firstIndex(where: { $0.sequence == sequence }) {
                waiting[index].failures += 1
                let delay = Self.backoff.delay(afterFailures: waiting[index].failures, using: &random)
                waiting[index].notBefore = now.advanced(by: delay)
            }
            return .retrying(reason: reason, isNews: failures == 1 || failures == Self.breakerFailures)
        }
    }

    private mutating func remove(_ sequence: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.sequence == sequence }) else { return }
        bytes -= waiting[index].json.count
        waiting.remove(at: index)
    }

    /// The receiver answers again: what waited because it did not waits no longer.
    private mutating func recovered() {
        if isBroken {
            for index in waiting.indices { waiting[index].notBefore = nil }
        }
        failures = 0
        notBefore = nil
    }
}

extension Timestamp {
    fileprivate func advanced(by delay: Duration) -> Timestamp {
        advanced(byMilliseconds: Int64((delay / .milliseconds(1)).rounded(.up)))
    }
}
