import StreamModel
import Testing

@testable import StreamHealth

@Suite("Groups whose entries remediation moves")
struct RemediatedGroupsTests {
    struct Case: Sendable {
        var stream: String
        var shownAs: String?
        var group = "g"
        var seconds: Int64?
    }

    @Test(
        "know the least that a policy waits, of those that are about them",
        arguments: [
            Case(stream: "a:1", seconds: 60), Case(stream: "a:1", group: "h", seconds: 30),
            Case(stream: "b", seconds: nil), Case(stream: "b", shownAs: "a:all", seconds: 60),
            Case(stream: "a:dead", seconds: nil), Case(stream: "a:dead", group: "h", seconds: 30),
        ])
    func policies(_ test: Case) {
        var settings = HealthSettings()
        #expect(settings.thresholds(stream: Name(test.stream), group: Name(test.group)) == HealthThresholds())
        settings.remediated = [
            RemediatedGroups(
                stream: Glob("a:*"), group: Glob("*"), destination: Name("a:dead"), minIdleMilliseconds: 60_000),
            RemediatedGroups(stream: Glob("a:*"), group: Glob("h"), minIdleMilliseconds: 30_000),
            RemediatedGroups(stream: Glob("a:*"), group: Glob("h"), minIdleMilliseconds: 90_000),
        ]
        let found = settings.thresholds(
            stream: Name(test.stream), shownAs: test.shownAs.map { Name($0) }, group: Name(test.group))
        #expect(found.remediatedAfterMilliseconds == test.seconds.map { $0 * 1_000 })
    }
}
