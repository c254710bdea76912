import Alerting
import StreamHealth
import TestSupport
import Testing

@testable import Settings

@Suite("The example configuration in README.md")
struct ReadmeTests {
    private func example() throws -> String {
        let page = String(decoding: try ProjectFile.read(ProjectFile.path("README.md")), as: UTF8.self)
        let section = page[try #require(page.firstRange(of: "\n## Configuration\n")).upperBound...]
        let block = section[try #require(section.firstRange(of: "```yaml\n")).upperBound...]
        return String(block[..<(try #require(block.firstRange(of: "```")).lowerBound)])
    }

    @Test("is valid, and nothing in it is unwise")
    func valid() throws {
        #expect(try Loading(example()).check().warnings == [])
    }

    @Test("shows the defaults where it does not say otherwise")
    func defaults() throws {
        var loading = Loading(try example())
        loading.files["/run/secrets/redis"] = Array("hunter2".utf8)
        let settings = try loading.load()
        #expect(settings.poll == PollSettings())
        #expect(settings.health.usual == HealthThresholds())
        #expect(settings.http == HTTPSettings())
        #expect(settings.targets.map(\.maxStreams) == [TargetSettings.defaultMaxStreams])
        #expect(settings.alerts.target("orders").deadLetters == TargetAlertSettings.defaultDeadLetters)
    }

    @Test("has every key but password, which it is better not to use")
    func keys() throws {
        let example = try example()
        let grammars: [SectionGrammar] = [.file, .target, .stream, .expect, .poll, .health, .override, .http]
        for key in grammars.flatMap(\.known) where key != "password" {
            #expect(example.contains(try Regex("\\b\(key):")), "\(key)")
        }
    }
}
