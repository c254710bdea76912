import Alerting
import Delivery

/// What a file says of alerts at its top, before any other file has been opened.
struct AlertsDraft {
    /// Without the targets.
    var settings = AlertSettings()
    var channels: [ChannelDraft] = []
    /// Whether the name of every channel is known: else one that seems to be missing may be there.
    var areChannelsNamed = true
    var heartbeat: HeartbeatDraft?

    /// The names of all channels; nil where they are not all known.
    var channelNames: [String]? { areChannelsNamed ? channels.map(\.settings.name) : nil }

    /// As of a file that says nothing about it.
    init() {}

    init(of top: Section, _ reader: inout SectionReader) {
        settings.labels = reader.labels("alert_labels", of: top)
        reader.read("external_url", of: top, into: &settings.externalURL, as: Self.page)
        reader.read("runbooks_url", of: top, into: &settings.runbooksURL, as: Self.page)
        readChannels(of: top, &reader)
        readHeartbeat(of: top, &reader)
        readRules(of: top, &reader)
    }

    private static func page(_ node: YAMLNode) throws(Complaint) -> String {
        let text = try node.text(.httpURL)
        do throws(HTTPURLFault) {
            return try HTTPURL.page(text)
        } catch {
            throw .httpURL(error)
        }
    }
}
