import Delivery
import Platform

/// Whom a file wants to be told.
extension AlertsDraft {
    mutating func readChannels(of top: Section, _ reader: inout SectionReader) {
        guard top.fields["channels"] != nil else { return }
        guard let items = reader.items("channels", of: top, meant: .channels, mayBeEmpty: true) else {
            areChannelsNamed = false
            return
        }
        for (key, node) in items {
            guard let section = reader.section(node, key: key, grammar: .channel, meant: .channel) else {
                areChannelsNamed = false
                continue
            }
            let name = readName(of: section, &reader)
            channels.append(ChannelDraft(name: name ?? "", section, &reader))
        }
    }

    /// No two are the same: the `channel` label tells them apart.
    private mutating func readName(of section: Section, _ reader: inout SectionReader) -> String? {
        let others = channels.map(\.settings.name)
        var name: String?
        reader.readRequired("name", of: section, meant: .channelName, into: &name) { node throws(Complaint) in
            let name = try ChannelName.parse(node)
            if others.contains(name) { throw .sameChannel(Excerpt(name)) }
            return name
        }
        if name == nil { areChannelsNamed = false }
        return name
    }

    mutating func readHeartbeat(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["heartbeat"], !field.value.isNull,
            let section = reader.section(field.value, key: field.key, grammar: .heartbeat)
        else { return }
        heartbeat = HeartbeatDraft(section, &reader)
    }
}
