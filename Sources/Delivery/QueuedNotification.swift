package import Alerting
import FoundationEssentials
package import StreamModel

/// A notification on its way to one receiver, in little room: there may be many that nobody takes.
package struct QueuedNotification: Equatable, Sendable {
    /// In the order of their making; unique within a lane.
    package let sequence: UInt64
    /// The notification as JSON, shared by all peers of a channel.
    package let json: [UInt8]
    /// When it was made.
    package let time: Timestamp
    /// What it is about, by number: of one incident nothing overtakes what came before.
    let incidents: [UInt64]
    /// Attempts that have failed.
    var failures = 0
    /// The next attempt is not to come before; nil: none has failed.
    var notBefore: Timestamp?

    /// Nil only where a number in it is none that JSON has, which no alert can hold.
    package init?(_ notification: AlertNotification, sequence: UInt64) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        guard let json = try? encoder.encode(notification) else { return nil }
        self.sequence = sequence
        self.json = Array(json)
        time = notification.time
        incidents = notification.alerts.map { UInt64($0.fingerprint, radix: 16) ?? 0 }
    }

    private init(_ other: QueuedNotification, sequence: UInt64) {
        self.sequence = sequence
        json = other.json
        time = other.time
        incidents = other.incidents
    }

    /// The same for another receiver, or in another weir; nothing has been tried.
    package func numbered(_ sequence: UInt64) -> QueuedNotification {
        QueuedNotification(self, sequence: sequence)
    }

    package var notification: AlertNotification? {
        try? JSONDecoder().decode(AlertNotification.self, from: Data(json))
    }
}
