import Alerting
import TestSupport
import Testing

/// Holds the rules and the pages about them together.
@Suite("docs/runbooks")
struct RunbookTests {
    private static let headings = ["Meaning", "Impact", "How to look", "How to mend", "Tuning"]

    @Test("has a page for each rule, in the same parts", arguments: AlertRule.allCases)
    func page(of rule: AlertRule) throws {
        let lines = try Self.lines(of: "docs/runbooks/\(rule.rawValue).md")
        #expect(lines.first == "# \(rule.rawValue)")
        #expect(lines.filter { $0.hasPrefix("## ") } == Self.headings.map { "## \($0)" })
        let severities = rule.definition.levels.map(\.severity.rawValue).joined(separator: ", ")
        #expect(lines.dropFirst().prefix(4).joined(separator: " ").contains("Severity: \(severities);"))
    }

    @Test("shows what can be tuned, with the values in force", arguments: AlertRule.allCases)
    func tuning(of rule: AlertRule) throws {
        let lines = try Self.lines(of: "docs/runbooks/\(rule.rawValue).md")
        let start = try #require(lines.lastIndex(of: "## Tuning"))
        let settings = lines[start...].filter { $0.hasPrefix("    ") }.map { $0.split(separator: "#")[0].trimmed }
        #expect(settings.contains("for: \(Self.text(milliseconds: rule.definition.levels[0].holdMilliseconds))"))
        for (limit, value) in rule.definition.limits {
            let shown = settings.filter { $0.hasPrefix("\(limit.rawValue): ") }
            #expect(shown.count == 1, "\(limit.rawValue)")
            if let value { #expect(shown == ["\(limit.rawValue): \(Self.text(value, of: limit))"]) }
        }
        let others = RuleLimit.allCases.filter { !rule.definition.limits.keys.contains($0) }
        for limit in others { #expect(!settings.contains { $0.hasPrefix("\(limit.rawValue): ") }) }
        let scope = rule.definition.scope
        #expect(settings.contains { $0.hasPrefix("streams: ") } == (scope == .stream || scope == .group))
        #expect(settings.contains { $0.hasPrefix("groups: ") } == (scope == .group))
    }

    @Test("lists every rule once, in order", arguments: ["docs/runbooks/README.md", "docs/alerts.md"])
    func index(path: String) throws {
        let rows = try Self.lines(of: path).filter { $0.hasPrefix("| [") }
        let expected = AlertRule.allCases.map { rule in
            let levels = rule.definition.levels
            let severities = levels.map(\.severity.rawValue).joined(separator: ", ")
            var holds: [String] = []
            for level in levels {
                let text = Self.text(milliseconds: level.holdMilliseconds)
                if !holds.contains(text) { holds.append(text) }
            }
            let folder = path == "docs/alerts.md" ? "runbooks/" : ""
            return
                "| [\(rule.rawValue)](\(folder)\(rule.rawValue).md) | \(severities) | \(holds.joined(separator: ", ")) |"
        }
        #expect(rows.count == expected.count)
        for (row, beginning) in zip(rows, expected) { #expect(row.hasPrefix(beginning)) }
    }

    private static func lines(of path: String) throws -> [String] {
        let text = String(decoding: try ProjectFile.read(ProjectFile.path(path)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func text(_ value: Int64, of limit: RuleLimit) -> String {
        switch limit.unit {
        // As people say it who think of a minute in seconds.
        case .duration where limit == .seconds: "\(value / 1000)s"
        case .duration: text(milliseconds: value)
        case .count: String(value)
        case .share: "\(value / 10)%"
        }
    }

    private static func text(milliseconds: Int64) -> String {
        for (unit, name) in [(3_600_000, "h"), (60_000, "m"), (1_000, "s")] as [(Int64, String)]
        where milliseconds >= unit && milliseconds % unit == 0 {
            return "\(milliseconds / unit)\(name)"
        }
        return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
