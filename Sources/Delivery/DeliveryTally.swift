package import StreamModel
import Synchronization

/// What has become of notifications since weir started, and what waits: counted by the courier, read by pages and by the
/// heartbeat.
package final class DeliveryTally: Sendable {
    /// The raw values are those of the `result` label.
    package enum Result: String, CaseIterable, Sendable {
        /// The receiver has taken it.
        case delivered
        /// One attempt has failed; another will follow.
        case failed
        /// The receiver will never take it: it has been given up.
        case rejected
        /// Given up unsent: too many waited, or the channel is gone.
        case dropped
    }

    package struct Channel: Equatable, Sendable {
        package var results: [Result: UInt64] = [:]
        /// Over all its receivers.
        package var waiting = 0
        /// When the oldest that waits was taken on; nil where none waits.
        package var waitingSince: Timestamp?
        /// Whether what was given up last was refused or dropped, and nothing has been delivered since.
        package var isRefusing = false

        package init() {}
    }

    private let state = Mutex<[String: Channel]>([:])

    package init() {}

    /// By name.
    package var channels: [String: Channel] { state.withLock(\.self) }

    /// From now on these are the channels: what is no longer one has no figures.
    func expect(_ names: [String]) {
        state.withLock { channels in
            channels = Dictionary(names.map { ($0, channels[$0] ?? Channel()) }) { $1 }
            // It is tried anew.
            for name in channels.keys { channels[name]?.isRefusing = false }
        }
    }

    func count(_ result: Result, of channel: String, _ number: Int = 1) {
        guard number > 0 else { return }
        state.withLock { channels in
            channels[channel]?.results[result, default: 0] += UInt64(number)
            switch result {
            case .delivered: channels[channel]?.isRefusing = false
            case .rejected, .dropped: channels[channel]?.isRefusing = true
            case .failed: break
            }
        }
    }

    func note(waiting: Int, since: Timestamp?, of channel: String) {
        state.withLock { channels in
            channels[channel]?.waiting = waiting
            channels[channel]?.waitingSince = since
        }
    }
}
