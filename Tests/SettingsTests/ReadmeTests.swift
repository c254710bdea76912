import Alerting
import Delivery
import Remediation
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
        for name in ["redis", "sentinel", "ops", "slack", "pagerduty", "heartbeat"] {
            loading.files["/run/secrets/\(name)"] = Array("https://hooks.example/hunter2\n".utf8)
        }
        let settings = try loading.load()
        #expect(settings.poll == PollSettings())
        #expect(settings.health.usual == HealthThresholds())
        #expect(settings.http == HTTPSettings())
        #expect(settings.targets.allSatisfy { $0.maxStreams == TargetSettings.defaultMaxStreams })
        #expect(settings.alerts.target("orders").deadLetters == TargetAlertSettings.defaultDeadLetters)
        for (rule, tuned) in settings.alerts.rules {
            for (limit, value) in tuned.limits where limit != .entries {
                #expect(value == rule.definition.limits[limit], "\(rule)")
            }
        }
        let usual = ChannelSettings(name: "usual", kind: .slack, urls: [])
        #expect(settings.channels.map(\.name) == ["ops", "am", "chat", "pager"])
        for channel in settings.channels {
            #expect(channel.sendResolved)
            #expect(channel.repeatInterval == usual.repeatInterval)
            #expect(channel.timeout == usual.timeout)
        }
        #expect(settings.heartbeat?.interval == .seconds(60))
        var remediation = RemediationSettings()
        remediation.policies = settings.remediation.policies
        #expect(settings.remediation == remediation)
        #expect(Set(remediation.policies.map(\.action.kind)) == Set(RemediationAction.Kind.allCases))
    }

    @Test("has every key but those of secrets, which are better kept in files of their own")
    func keys() throws {
        let example = try example()
        let grammars: [SectionGrammar] = [
            .file, .target, .sentinel, .tls, .stream, .expect, .poll, .health, .override, .http, .channel, .heartbeat,
            .remediation, .storm, .policy, .maxEntries,
        ]
        let rules = AlertRule.allCases.flatMap { SectionGrammar.rule($0).known }
        for key in Set(grammars.flatMap(\.known) + rules).subtracting(["password", "secret", "routing_key"]) {
            #expect(example.contains(try Regex("\\b\(key):")), "\(key)")
        }
    }
}
