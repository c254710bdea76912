import Exposition
import FoundationEssentials
import StreamModel
import Testing

/// With `WEIR_UPDATE_GOLDEN=1` in the environment the pages in `Tests/Golden` are written anew instead of compared;
/// the difference is then to be read before it is kept.
@Suite("The golden metrics pages")
struct GoldenPageTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden")

    @Test(
        "are what is rendered, byte by byte",
        arguments: [(.text, "metrics.txt"), (.openMetrics, "metrics.openmetrics.txt")] as [(MetricsFormat, String)])
    func golden(format: MetricsFormat, file: String) throws {
        let page = MetricsPage(GoldenSnapshots.all, process: GoldenSnapshots.process, format: format).text()
        let place = Self.folder.appending(path: file)
        if ProcessInfo.processInfo.environment["WEIR_UPDATE_GOLDEN"] == "1" {
            try Data(page).write(to: place)
        }
        let golden = try Data(contentsOf: place)
        let rendered = String(decoding: page, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let expected = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (line, wanted) in zip(rendered, expected) where !line.utf8.elementsEqual(wanted.utf8) {
            Issue.record("\(file) has \(wanted) where \(line) is rendered")
            break
        }
        #expect(Data(page) == golden)
    }

    @Test("show every family there is", arguments: [MetricsFormat.text, .openMetrics])
    func complete(format: MetricsFormat) throws {
        let page = MetricsPage(GoldenSnapshots.all, process: GoldenSnapshots.process, format: format).text()
        let shown = Set(try ParsedPage(page, format: format).families.map(\.name))
        for family in MetricFamily.all {
            let isCounter = format == .openMetrics && family.kind == .counter
            #expect(shown.contains(isCounter ? String(family.name.dropLast("_total".count)) : family.name))
        }
    }

    @Test("satisfy promtool", .enabled(if: Promtool.path != nil, "promtool is not installed"))
    func promtool() throws {
        let tool = try #require(Promtool.path)
        let result = try Promtool(path: tool).checkMetrics(Self.folder.appending(path: "metrics.txt").path)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output == "")
    }
}
