import Glibc
import TestSupport
import Testing

@testable import Exposition

/// Holds docs/metrics.md and the code together.
///
/// `WEIR_UPDATE_GOLDEN=1 swift test` writes the tables anew.
@Suite("docs/metrics.md")
struct MetricsDocumentTests {
    private static let start = "<!-- families: begin -->\n"
    private static let end = "<!-- families: end -->\n"

    @Test("lists every family as the code has it")
    func families() throws {
        let path = ProjectFile.path("docs/metrics.md")
        let document = String(decoding: try ProjectFile.read(path), as: UTF8.self)
        let begin = try #require(document.firstRange(of: Self.start)).upperBound
        let end = try #require(document.firstRange(of: Self.end)).lowerBound
        if unsafe getenv("WEIR_UPDATE_GOLDEN") != nil {
            try ProjectFile.write(Array((document[..<begin] + Self.table + document[end...]).utf8), to: path)
        } else {
            #expect(document[begin..<end] == Self.table[...])
        }
    }

    private static let table: String = {
        let rows = MetricFamily.all.map { family in
            let labels = family.labels.map { "`\($0)`" }.joined(separator: " ")
            return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |\n"
        }
        return "| family | type | labels | meaning |\n|---|---|---|---|\n" + rows.joined()
    }()
}
