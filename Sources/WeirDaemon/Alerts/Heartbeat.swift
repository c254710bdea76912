import Delivery
import Platform
import Settings
import StreamModel

/// Whether all is well, as far as weir itself is concerned: polls succeed, and notifications arrive.
///
/// Pure: what it looks at and the time are parameters.
struct Heartbeat: Equatable, Sendable {
    /// How long nothing may get through before it counts as stopped.
    let graceMilliseconds: Int64

    /// Polls and deliveries may both fail for a moment, and the longest wait for the next attempt at a delivery is 15 s.
    init(every interval: Duration, pollInterval: Duration) {
        graceMilliseconds = (max(interval * 3, pollInterval * 3, .seconds(20))).milliseconds
    }

    /// Why the beat is withheld; nil: all is well.
    ///
    /// `targets`: when each was last polled with success, nil: never. `since`: when weir began.
    func fault(
        targets: [(name: String, lastPoll: Timestamp?)], channels: [String: DeliveryTally.Channel], since: Timestamp,
        at now: Timestamp
    ) -> String? {
        for target in targets.sorted(by: { $0.name < $1.name })
        where now.milliseconds(since: target.lastPoll ?? since) > graceMilliseconds {
            return "the target \(target.name) has not been polled lately"
        }
        for (name, channel) in channels.sorted(by: { $0.key < $1.key }) {
            if channel.isRefusing { return "notifications to the channel \(name) are refused, or given up" }
            guard let waiting = channel.waitingSince else { continue }
            // What an earlier weir has left is given as much time.
            if now.milliseconds(since: max(waiting, since)) > graceMilliseconds {
                return "notifications to the channel \(name) do not get through"
            }
        }
        return nil
    }
}
