/// The state of one target at one moment: what the metrics page, the status page and the API are made from.
package struct TargetSnapshot: Equatable, Sendable {
    /// The `target` label.
    package var name: String
    /// Whether the last poll succeeded, of one of its servers at least.
    package var isUp: Bool
    /// Why it did not; else what of the target could not be seen.
    package var error: String?
    /// By name.
    package var nodes: [NodeSnapshot]
    /// By name.
    package var streams: [StreamSnapshot]
    /// What happened lately, the newest last.
    package var events: [StreamEvent]
    package var streamsNotSampled: Int
    /// Some of those.
    package var namesNotSampled: [Name] = []
    /// Whether all keys have been looked through once: what is not among `streams` is then not there.
    package var hasLookedEverywhere = false
    package var polling: PollStatistics
    /// How often it is polled; nil: by whoever asks, once.
    package var intervalSeconds: Double?
    package var firingAlerts = FiringAlerts()

    package init(
        name: String, isUp: Bool, error: String?, nodes: [NodeSnapshot], streams: [StreamSnapshot],
        events: [StreamEvent] = [],
        streamsNotSampled: Int, polling: PollStatistics
    ) {
        self.name = name
        self.isUp = isUp
        self.error = error
        self.nodes = nodes
        self.streams = streams
        self.events = events
        self.streamsNotSampled = streamsNotSampled
        self.polling = polling
    }
}
