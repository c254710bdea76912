import Synchronization

/// Incidents of which a channel was not told after all: the notification was refused, or given up.
///
/// Noted by the courier, taken by whoever decides who is told.
package final class GivenUp: Sendable {
    /// The numbers of fingerprints, by channel.
    private let incidents = Mutex<[String: Set<UInt64>]>([:])

    package init() {}

    package func take() -> [String: Set<UInt64>] {
        incidents.withLock { incidents in
            defer { incidents = [:] }
            return incidents
        }
    }

    func add(_ notifications: some Sequence<QueuedNotification>, channel: String) {
        incidents.withLock { $0[channel, default: []].formUnion(notifications.lazy.flatMap(\.incidents)) }
    }
}
