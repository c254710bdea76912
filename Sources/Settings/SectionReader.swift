import Platform

/// Takes values out of the file's mappings and keeps every complaint with its place, so that one bad value hides no
/// other.
struct SectionReader {
    let path: String
    private(set) var problems: [SettingsProblem] = []
    private(set) var warnings: [SettingsProblem] = []

    init(path: String) {
        self.path = path
    }

    func origin(_ key: String, at mark: YAMLMark) -> SettingsOrigin {
        .file(path: path, mark: mark, key: key)
    }

    mutating func complain(_ complaint: Complaint, about key: String, at mark: YAMLMark) {
        problems.append(SettingsProblem(origin: origin(key, at: mark), complaint: complaint))
    }

    mutating func warn(_ complaint: Complaint, about key: String, at mark: YAMLMark) {
        warnings.append(SettingsProblem(origin: origin(key, at: mark), complaint: complaint))
    }

    /// Checks the keys of a mapping; one without a value is empty, as all its lines may be commented out.
    mutating func section(
        _ node: YAMLNode, key: String, grammar: SectionGrammar, meant: Expectation = .section
    ) -> Section? {
        var section = Section(key: key, mark: node.mark)
        switch node.content {
        case .mapping(let pairs):
            var firstLines: [String: Int] = [:]
            for pair in pairs {
                take(pair, into: &section, grammar, &firstLines)
            }
            section.hasRefusedKeys = section.fields.count < pairs.count
            return section
        case .scalar where node.isNull && meant == .section:
            return section
        case .scalar:
            complain(.wrongShape(found: "a single value", meant: meant), about: key, at: node.mark)
        case .sequence:
            complain(.wrongShape(found: "a list", meant: meant), about: key, at: node.mark)
        }
        return nil
    }

    private mutating func take(
        _ pair: YAMLNode.Pair, into section: inout Section, _ grammar: SectionGrammar, _ firstLines: inout [String: Int]
    ) {
        let mark = pair.key.mark
        // A line such as `url redis://:secret@host` may end up as a key, and must not be shown.
        guard case .scalar(let name, _) = pair.key.content, isPlainWord(name) else {
            complain(.strangeKey(known: grammar.known), about: section.key, at: mark)
            return
        }
        let key = section.path(to: name)
        if let firstLine = firstLines[name] {
            complain(.repeatedKey(firstLine: firstLine), about: key, at: mark)
            return
        }
        firstLines[name] = mark.line
        if let complaint = grammar.refused[name] {
            complain(complaint, about: key, at: mark)
        } else if grammar.known.contains(name) {
            section.fields[name] = Section.Field(key: key, keyMark: mark, value: pair.value)
        } else {
            let nearest =
                Suggestion.nearest(to: name, among: grammar.known)
                ?? Suggestion.nearest(to: name, among: grammar.refused.keys.sorted())
            complain(.unknownKey(nearest: nearest, known: grammar.known), about: key, at: mark)
        }
    }

    /// Reads one value into its place, where the section has it.
    mutating func read<Value>(
        _ name: String, of section: Section, into place: inout Value, as parse: (YAMLNode) throws(Complaint) -> Value
    ) {
        if let field = section.fields[name] { read(field, into: &place, as: parse) }
    }

    /// Reads one value into its place.
    mutating func read<Value>(
        _ field: Section.Field, into place: inout Value, as parse: (YAMLNode) throws(Complaint) -> Value
    ) {
        do throws(Complaint) {
            place = try parse(field.value)
        } catch {
            complain(error, about: field.key, at: field.value.mark)
        }
    }

    /// Reads one value into its place; a section without it is a complaint.
    mutating func readRequired<Value>(
        _ name: String, of section: Section, meant: Expectation, into place: inout Value,
        as parse: (YAMLNode) throws(Complaint) -> Value
    ) {
        if section.fields[name] == nil {
            complain(.missing(meant), about: section.path(to: name), at: section.mark)
        }
        read(name, of: section, into: &place, as: parse)
    }

    /// Reads a list into its place, where the section has it; a bad element hides no other, and none may come twice.
    mutating func readList<Element: Hashable>(
        _ name: String, of section: Section, meant: Expectation, mayBeEmpty: Bool = false,
        into place: inout [Element], as parse: (YAMLNode) throws(Complaint) -> Element
    ) {
        guard let items = items(name, of: section, meant: meant, mayBeEmpty: mayBeEmpty) else { return }
        var elements: [Element] = []
        for item in items {
            do throws(Complaint) {
                let element = try parse(item.node)
                guard !elements.contains(element) else { throw .givenTwice(Excerpt("\(element)")) }
                elements.append(element)
            } catch {
                complain(error, about: item.key, at: item.node.mark)
            }
        }
        place = elements
    }

    /// The elements of a list with their keys; nil where the section has no such list, or not a good one.
    mutating func items(
        _ name: String, of section: Section, meant: Expectation, mayBeEmpty: Bool = false
    ) -> [(key: String, node: YAMLNode)]? {
        guard let field = section.fields[name] else { return nil }
        do throws(Complaint) {
            let items = try field.value.items(meant)
            guard mayBeEmpty || !items.isEmpty else { throw .empty(meant) }
            return items.enumerated().map { (key: "\(field.key)[\($0.offset)]", node: $0.element) }
        } catch {
            complain(error, about: field.key, at: field.value.mark)
            return nil
        }
    }

    func isPlainWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-")
            }
    }
}
