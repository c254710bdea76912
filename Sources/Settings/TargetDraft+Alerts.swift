import Alerting
import Platform
import StreamModel

/// What the rules need to know of a target out of the file.
extension TargetDraft {
    static let maxSilenceRange: ClosedRange<Duration> = .seconds(1) ... .seconds(365 * 86_400)

    /// The streams have been read: `areStreamsRight` where nothing was wrong with them.
    mutating func readAlerts(of section: Section, areStreamsRight: Bool, _ reader: inout SectionReader) {
        alerts.labels = reader.labels("labels", of: section)
        reader.readList(
            "dead_letters", of: section, meant: .patterns, mayBeEmpty: true, into: &alerts.deadLetters
        ) { node throws(Complaint) in
            Glob(try node.text(.pattern))
        }
        var seen: Set<TargetAlertSettings.ExpectedGroup> = []
        for (key, node) in reader.items("expect", of: section, meant: .expectedGroups, mayBeEmpty: true) ?? [] {
            guard let mapping = reader.section(node, key: key, grammar: .expect, meant: .expectedGroup) else {
                continue
            }
            guard let expected = readExpected(mapping, areStreamsRight: areStreamsRight, &reader) else { continue }
            if !seen.insert(expected).inserted {
                reader.complain(.expectedTwice, about: mapping.key, at: mapping.mark)
            }
            alerts.expected.append(expected)
        }
    }

    private func readExpected(
        _ mapping: Section, areStreamsRight: Bool, _ reader: inout SectionReader
    ) -> TargetAlertSettings.ExpectedGroup? {
        let watched = settings
        var stream: Name?
        var group: Name?
        reader.readRequired("stream", of: mapping, meant: .stream, into: &stream) { node throws(Complaint) in
            let name = Name(try node.text(.stream))
            if areStreamsRight { try watched.checkThatWatched(name) }
            return name
        }
        reader.readRequired("group", of: mapping, meant: .group, into: &group) { node throws(Complaint) in
            Name(try node.text(.group))
        }
        guard let stream, let group else { return nil }
        return TargetAlertSettings.ExpectedGroup(stream: stream, group: group)
    }
}

extension TargetSettings {
    fileprivate func checkThatWatched(_ stream: Name) throws(Complaint) {
        if watches(stream) { return }
        if exclude.contains(where: { $0.matches(stream) }) { throw .excluded(Excerpt(stream.text)) }
        throw .neverWatched(Excerpt(stream.text))
    }

    /// A stream goes by its own name, or by the one that it has together with others.
    func watches(_ stream: Name) -> Bool {
        if logicalStreams.contains(where: { $0.name == stream }) { return true }
        return streams.contains { $0.matches(stream) } && !exclude.contains { $0.matches(stream) }
    }
}
