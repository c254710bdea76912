import Delivery
import Platform

/// A channel out of the file.
extension ChannelDraft {
    static let repeatIntervalRange: ClosedRange<Duration> = .seconds(1) ... .seconds(30 * 86_400)
    static let timeoutRange: ClosedRange<Duration> = .seconds(1) ... .seconds(60)

    /// Whatever is wrong is among the reader's problems; the rest is read all the same.
    init(name: String, _ section: Section, _ reader: inout SectionReader) {
        var type: ChannelType?
        reader.readRequired("type", of: section, meant: .channelType, into: &type) { node throws(Complaint) in
            try ChoiceText.parse(node.text(.channelType))
        }
        if let type { reader.checkKeys(of: section, as: type) }
        settings = ChannelSettings(name: name, kind: .slack, urls: [])
        readURLs(of: section, type, &reader)
        readSigningKeys(of: section, &reader)
        readKind(of: section, type, &reader)
        readHeaders(of: section, &reader)
        settings.caFile = reader.filePath("ca_file", of: section)
        reader.read("send_resolved", of: section, into: &settings.sendResolved) { node throws(Complaint) in
            try node.boolean()
        }
        reader.read("repeat_interval", of: section, into: &settings.repeatInterval) { node throws(Complaint) in
            try node.duration(in: Self.repeatIntervalRange, example: ChannelSettings.defaultRepeatInterval)
        }
        reader.read("timeout", of: section, into: &settings.timeout) { node throws(Complaint) in
            try node.duration(in: Self.timeoutRange, example: ChannelSettings.defaultTimeout)
        }
    }

    private mutating func readKind(of section: Section, _ type: ChannelType?, _ reader: inout SectionReader) {
        var format = ChannelSettings.WebhookFormat.alertmanager
        reader.read("format", of: section, into: &format) { node throws(Complaint) in
            try ChoiceText.parse(node.text())
        }
        let routingKey = readRoutingKey(of: section, type, &reader)
        switch type {
        case .webhook?: settings.kind = .webhook(format)
        case .alertmanager?: settings.kind = .alertmanager
        case .discord?: settings.kind = .discord
        case .pagerduty?: settings.kind = .pagerDuty(routingKey: routingKey)
        case .slack?, nil: settings.kind = .slack
        }
    }

    private mutating func readRoutingKey(
        of section: Section, _ type: ChannelType?, _ reader: inout SectionReader
    ) -> Secret {
        var key = Secret([])
        if let field = section.fields["routing_key"] {
            reader.warn(
                .secretInFile("a routing key", apart: "routing_key_file"), about: field.key, at: field.keyMark)
        }
        reader.read("routing_key", of: section, into: &key) { node throws(Complaint) in
            try RoutingKeyText.parse(node.text())
        }
        routingKeyFile = reader.secretFile(
            "routing_key_file", of: section, besides: "routing_key", holds: "routing key")
        if type == .pagerduty, section.fields["routing_key"] == nil, section.fields["routing_key_file"] == nil {
            reader.complain(
                .missingEither("routing_key", "routing_key_file"), about: section.key, at: section.mark)
        }
        return key
    }

    private mutating func readSigningKeys(of section: Section, _ reader: inout SectionReader) {
        if let field = section.fields["secret"] {
            reader.warn(.secretInFile("a signing secret", apart: "secret_file"), about: field.key, at: field.keyMark)
        }
        reader.read("secret", of: section, into: &settings.signingKeys) { node throws(Complaint) in
            [try SigningKeyText.signingKey(from: node.text())]
        }
        signingKeyFile = reader.secretFile("secret_file", of: section, besides: "secret", holds: "signing secret")
    }

    private mutating func readHeaders(of section: Section, _ reader: inout SectionReader) {
        let entries = reader.entries("headers", of: section, ignoringCase: true, checkedBy: HeaderText.checkName)
        for (name, field) in entries {
            var value = Secret([])
            reader.read(field, into: &value) { node throws(Complaint) in Secret(Array(try node.plainText().utf8)) }
            settings.headers.append(ChannelSettings.Header(name: name, value: value))
        }
    }
}
