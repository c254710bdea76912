/// Mappings whose keys are the user's own words.
extension SectionReader {
    /// The pairs of a mapping of the section, each key checked; a mapping without a value has none.
    ///
    /// `ignoringCase`: keys that differ in case only are the same.
    mutating func entries(
        _ name: String, of section: Section, ignoringCase: Bool = false,
        checkedBy check: (String) throws(Complaint) -> Void
    ) -> [(name: String, field: Section.Field)] {
        guard let field = section.fields[name] else { return [] }
        guard case .mapping(let pairs) = field.value.content else {
            // For the complaint about what is no mapping.
            _ = self.section(field.value, key: field.key, grammar: SectionGrammar(known: []))
            return []
        }
        var entries: [(name: String, field: Section.Field)] = []
        var firstLines: [String: Int] = [:]
        for pair in pairs {
            let mark = pair.key.mark
            let word = if case .scalar(let text, _) = pair.key.content { text } else { "" }
            // What is no plain word may be a secret in the wrong place.
            let key = isPlainWord(word) ? "\(field.key).\(word)" : field.key
            do throws(Complaint) {
                try check(word)
                let folded = ignoringCase ? word.lowercased() : word
                if let firstLine = firstLines[folded] { throw .repeatedKey(firstLine: firstLine) }
                firstLines[folded] = mark.line
                entries.append((word, Section.Field(key: key, keyMark: mark, value: pair.value)))
            } catch {
                complain(error, about: key, at: mark)
            }
        }
        return entries
    }

    /// The labels of a section for alerts.
    mutating func labels(_ name: String, of section: Section) -> [String: String] {
        var labels: [String: String] = [:]
        for (name, field) in entries(name, of: section, checkedBy: LabelText.checkName) {
            read(field, into: &labels[name]) { node throws(Complaint) in try node.plainText() }
        }
        return labels
    }
}
