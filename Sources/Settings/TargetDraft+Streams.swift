import Alerting
import Platform
import StreamModel

/// The streams of a target out of the file: patterns, and mappings that say more of what they match.
extension TargetDraft {
    mutating func readStreams(of section: Section, _ reader: inout SectionReader) {
        guard let items = reader.items("streams", of: section, meant: .patterns) else { return }
        settings.streams = []
        for (key, node) in items {
            guard case .mapping = node.content else {
                readPattern(node, key: key, &reader)
                continue
            }
            guard let mapping = reader.section(node, key: key, grammar: .stream) else { continue }
            readLogicalStream(mapping, &reader)
        }
    }

    private mutating func readLogicalStream(_ mapping: Section, _ reader: inout SectionReader) {
        var name: Name?
        reader.read("as", of: mapping, into: &name) { node throws(Complaint) in Name(try node.plainText()) }
        var maxSilence: Duration?
        reader.read("max_silence", of: mapping, into: &maxSilence) { node throws(Complaint) in
            try node.duration(in: Self.maxSilenceRange, example: .seconds(600))
        }
        guard let field = mapping.fields["match"] else {
            reader.complain(.missing(.pattern), about: mapping.path(to: "match"), at: mapping.mark)
            return
        }
        if mapping.fields["as"] == nil, mapping.fields["max_silence"] == nil, !mapping.hasRefusedKeys {
            reader.complain(.nothingButMatch, about: mapping.key, at: mapping.mark)
        }
        guard let match = readPattern(field.value, key: field.key, &reader) else { return }
        if let name { settings.logicalStreams.append(LogicalStream(match: match, name: name)) }
        if let maxSilence {
            // The rules see streams as they are shown.
            let shown = name.map(Glob.init(exactly:)) ?? match
            alerts.silences.append(.init(match: shown, maxMilliseconds: maxSilence.milliseconds))
        }
    }

    /// Adds a pattern to those that are watched; none may come twice.
    @discardableResult
    private mutating func readPattern(_ node: YAMLNode, key: String, _ reader: inout SectionReader) -> Glob? {
        do throws(Complaint) {
            let pattern = Glob(try node.text(.pattern))
            guard !settings.streams.contains(pattern) else { throw .givenTwice(Excerpt("\(pattern)")) }
            settings.streams.append(pattern)
            return pattern
        } catch {
            reader.complain(error, about: key, at: node.mark)
            return nil
        }
    }
}
