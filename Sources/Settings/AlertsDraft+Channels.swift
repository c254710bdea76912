import Delivery

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
            // No two are the same: the `channel` label tells them apart.
            let name = reader.name(of: section, as: .channel, others: channels.map(\.settings.name))
            if name == nil { areChannelsNamed = false }
            channels.append(ChannelDraft(name: name ?? "", section, &reader))
        }
    }

    mutating func readHeartbeat(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["heartbeat"], !field.value.isNull,
            let section = reader.section(field.value, key: field.key, grammar: .heartbeat)
        else { return }
        heartbeat = HeartbeatDraft(section, &reader)
    }
}
