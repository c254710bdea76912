import Settings
import TestSupport
import Testing

/// Every example of docs/scaling.md says in its first line whose file it is.
@Suite("The examples in docs/scaling.md")
struct ScalingPageTests {
    private func examples(of file: String) throws -> [String] {
        let page = String(decoding: try ProjectFile.read(ProjectFile.path("docs/scaling.md")), as: UTF8.self)
        let blocks = page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(
            blocks.allSatisfy { ["# weir.yml", "# prometheus.yml", "# pod.yml"].contains($0.prefix { $0 != "\n" }) })
        return blocks.filter { $0.hasPrefix("# \(file)\n") }.map(String.init)
    }

    @Test("of weir's own configuration are valid, and nothing in them is unwise")
    func ownExamples() throws {
        let examples = try examples(of: "weir.yml")
        #expect(examples.count >= 3)
        for example in examples {
            let checked = try Loading(example).check()
            #expect(checked.warnings == [], "\(example)")
        }
    }

    @Test(
        "of Prometheus' are valid to promtool",
        .enabled("promtool is not installed") {
            try await ChildProcess.run(["sh", "-c", "command -v promtool"]).status == 0
        })
    func prometheusExamples() async throws {
        let folder = try TemporaryFolder()
        let examples = try examples(of: "prometheus.yml")
        #expect(examples.count >= 4)
        for example in examples {
            // Whose absence promtool would complain of.
            let rules = ProjectFile.path("alerts/weir.rules.yml")
            let file = try folder.write(
                example.replacing("/etc/prometheus/weir.rules.yml", with: rules), to: "prometheus.yml")
            let check = try await ChildProcess.run(["promtool", "check", "config", file])
            #expect(check.status == 0, "\(example)\n\(check.output)")
        }
    }
}
