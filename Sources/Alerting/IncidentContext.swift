/// What decides who is told of an incident.
package struct IncidentContext: Equatable, Sendable {
    package var settings: AlertSettings
    package var channels: [ChannelRoute]
    package var silences: [Silence]

    package init(settings: AlertSettings, channels: [ChannelRoute] = [], silences: [Silence] = []) {
        self.settings = settings
        self.channels = channels
        self.silences = silences
    }
}
