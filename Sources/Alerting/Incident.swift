package import StreamModel

/// One thing that is wrong, from when its condition begins to hold until it has ended.
package struct Incident: Equatable, Codable, Sendable {
    package enum Phase: String, Codable, Sendable {
        /// The condition holds, not yet for long enough to be news.
        case pending
        case firing
        case resolved
    }

    /// Why nobody is told of it although it fires.
    package enum Suppression: Equatable, Codable, Sendable {
        /// Another incident is what is really wrong.
        case inhibited(by: AlertRule)
        /// Somebody has asked for silence.
        case silenced(comment: String)
    }

    package let key: IncidentKey
    package internal(set) var phase = Phase.pending
    /// What was found when the condition held last.
    package internal(set) var finding: Finding
    /// Since when the condition holds.
    package internal(set) var since: Timestamp
    /// When it was last seen to hold.
    package internal(set) var lastHeld: Timestamp
    /// As they were when it began to fire, so that its end is told of the same alert; empty before.
    package internal(set) var labels: [String: String] = [:]
    package internal(set) var endedAt: Timestamp?
    /// Nil where the condition was seen to end.
    package internal(set) var departure: Departure?
    package internal(set) var suppression: Suppression?
    /// When each channel was last told that it fires.
    package internal(set) var told: [String: Timestamp] = [:]
    /// When it turned out that a channel could not be told.
    package internal(set) var unreached: [String: Timestamp] = [:]

    init(key: IncidentKey, finding: Finding, since: Timestamp) {
        self.key = key
        self.finding = finding
        self.since = since
        lastHeld = since
    }

    /// By which receivers know it, once it has fired.
    package var fingerprint: String { Fingerprint.text(of: labels) }
}
