import Platform
import Remediation
import StreamModel

/// A policy out of the file.
extension PolicyDraft {
    private static let exampleIdleTime = Duration.seconds(600)
    private static let exampleDeliveries = 5

    /// Nil where something is missing or wrong without which there is no policy; the rest is checked all the same.
    init?(
        name: String?, _ section: Section, ceiling: RemediationMode, channels: [String]?,
        _ reader: inout SectionReader
    ) {
        var stream: Glob?
        var group: Glob?
        var kind: RemediationAction.Kind?
        func pattern(_ node: YAMLNode) throws(Complaint) -> Glob { Glob(try node.text(.pattern)) }
        reader.readRequired("stream", of: section, meant: .pattern, into: &stream, as: pattern)
        reader.readRequired("group", of: section, meant: .pattern, into: &group, as: pattern)
        reader.readRequired("action", of: section, meant: .remediationAction, into: &kind) { node throws(Complaint) in
            try ChoiceText.parse(node.text(.remediationAction))
        }
        if let kind { Self.checkKeys(of: section, kind, &reader) }
        let particulars = Particulars(section, kind, stream: stream, &reader)
        let idleTime = Self.idleTime(of: section, kind, &reader)
        let placeholder = Glob("")
        var policy = RemediationPolicy(
            name: name ?? "", stream: stream ?? placeholder, group: group ?? placeholder, action: .forgetConsumer,
            minIdleMilliseconds: idleTime ?? 0)
        Self.readMode(of: section, ceiling: ceiling, into: &policy.mode, &reader)
        reader.read("target", of: section, into: &policy.target, as: pattern)
        if let field = section.fields["max_entries"],
            let limits = reader.section(field.value, key: field.key, grammar: .maxEntries)
        {
            policy.limits.read(perCycle: "per_cycle", perHour: "per_hour", of: limits, &reader)
        }
        policy.notify = reader.channels(toldBy: section, of: channels) ?? []
        guard stream != nil, group != nil, let action = particulars.action(kind) else { return nil }
        policy.action = action
        self.policy = policy
        func origin(_ name: String) -> SettingsOrigin {
            let field = section.fields[name]
            return reader.origin(field?.key ?? section.key, at: field?.value.mark ?? section.mark)
        }
        destinationOrigin = origin("to_stream")
        targetOrigin = origin("target")
        streamOrigin = origin("stream")
    }

    private static func checkKeys(
        of section: Section, _ kind: RemediationAction.Kind, _ reader: inout SectionReader
    ) {
        reader.checkKeys(of: section, as: kind)
        for (key, meant) in kind.required where section.fields[key] == nil {
            reader.complain(.missing(meant), about: section.path(to: key), at: section.mark)
        }
    }

    private static func readMode(
        of section: Section, ceiling: RemediationMode, into mode: inout RemediationMode?, _ reader: inout SectionReader
    ) {
        guard let field = section.fields["mode"] else { return }
        reader.read(field, into: &mode, as: RemediationMode.parse)
        if let mode, mode > ceiling {
            let complaint = Complaint.aboveCeiling(mode.rawValue, ceiling: ceiling.rawValue)
            reader.warn(complaint, about: field.key, at: field.value.mark)
        }
    }

    /// How long, in milliseconds.
    ///
    /// A consumer that holds nothing may be forgotten as soon as it counts as abandoned.
    private static func idleTime(
        of section: Section, _ kind: RemediationAction.Kind?, _ reader: inout SectionReader
    ) -> Int64? {
        let usual = RuleLimitText.durationRange
        let range = kind == .forgetConsumer ? .zero...usual.upperBound : usual
        var idleTime: Int64?
        reader.read("min_idle", of: section, into: &idleTime) { node throws(Complaint) in
            try node.duration(in: range, example: exampleIdleTime).milliseconds
        }
        return idleTime
    }

    /// What the actions want to know beside what every policy says.
    private struct Particulars {
        private var consumer: Name?
        private var rereadsOwnPEL = false
        private var destination: Name?
        private var deliveries: Int64?

        init(_ section: Section, _ kind: RemediationAction.Kind?, stream: Glob?, _ reader: inout SectionReader) {
            reader.read("to", of: section, into: &consumer) { node throws(Complaint) in
                Name(try node.text(.consumer))
            }
            reader.read("rereads_own_pel", of: section, into: &rereadsOwnPEL) { node throws(Complaint) in
                try node.boolean()
            }
            if kind == .claim, let consumer, !rereadsOwnPEL {
                let field = section.fields["rereads_own_pel"]
                reader.warn(
                    .notDeclared(Excerpt(consumer.text)), about: section.path(to: "rereads_own_pel"),
                    at: field?.value.mark ?? section.mark)
            }
            reader.read("after_deliveries", of: section, into: &deliveries) { node throws(Complaint) in
                Int64(try node.number(in: RuleLimitText.countRange, example: PolicyDraft.exampleDeliveries))
            }
            reader.read("to_stream", of: section, into: &destination) { node throws(Complaint) in
                let name = Name(try node.text(.stream))
                guard stream?.exactName == name else { return name }
                if kind == .deadLetter { throw .deadLettersOfItself }
                return nil
            }
        }

        func action(_ kind: RemediationAction.Kind?) -> RemediationAction? {
            switch kind {
            case .claim?: consumer.map { .claim(to: $0, rereadsOwnPEL: rereadsOwnPEL) }
            case .requeue?: .requeue(to: destination)
            case .deadLetter?:
                if let destination, let deliveries {
                    .deadLetter(to: destination, afterDeliveries: deliveries)
                } else {
                    nil
                }
            case .forgetConsumer?: .forgetConsumer
            case nil: nil
            }
        }
    }
}
