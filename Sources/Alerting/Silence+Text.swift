/// Silences as people ask for them.
extension Silence {
    package enum TextFault: Error, Equatable, Sendable {
        case empty
        case noLabel(in: String)
        case unknownRule(String, nearest: String?)
    }

    /// Reads a rule's name or pattern, or `label=pattern` pairs with commas between them.
    ///
    /// A comma or a backslash that is meant literally stands after a backslash.
    package static func matchers(parsing text: String) throws(TextFault) -> [Matcher] {
        guard !text.isEmpty else { throw .empty }
        let parts = split(text)
        if parts.count == 1, !text.contains("=") {
            try checkRule(text)
            return [Matcher(label: "alertname", pattern: text)]
        }
        var matchers: [Matcher] = []
        for part in parts {
            guard let equals = part.firstIndex(of: "="), equals > part.startIndex else { throw .noLabel(in: part) }
            let matcher = Matcher(
                label: String(part[..<equals]), pattern: String(part[part.index(after: equals)...]))
            if matcher.label == "alertname" { try checkRule(matcher.pattern) }
            matchers.append(matcher)
        }
        return matchers
    }

    /// A name that no rule has would silence nothing, and nobody would know.
    private static func checkRule(_ pattern: String) throws(TextFault) {
        let isPattern = pattern.contains { "*?[\\".contains($0) }
        guard !isPattern, AlertRule(rawValue: pattern) == nil else { return }
        let nearest = AlertRule.allCases.first { $0.rawValue.lowercased() == pattern.lowercased() }
        throw .unknownRule(pattern, nearest: nearest?.rawValue)
    }

    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if character == ",", !isEscaped {
                parts.append("")
            } else {
                // The pattern keeps its own escapes; that of a comma is for this alone.
                if isEscaped, character == ",", parts[parts.count - 1].last == "\\" {
                    parts[parts.count - 1].removeLast()
                }
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts
    }
}

extension Silence.TextFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "nothing is named; give a rule's name, or labels as in stream=orders,group=*"
        case .noLabel(let part): "\"\(part)\" is no label=pattern, such as stream=orders*"
        case .unknownRule(let name, let nearest?): "there is no rule \(name); did you mean \(nearest)?"
        case .unknownRule(let name, nil):
            "there is no rule \(name); there are \(AlertRule.allCases.map(\.rawValue).joined(separator: ", "))"
        }
    }
}
