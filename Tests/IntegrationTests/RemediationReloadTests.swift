import Glibc
import TestSupport
import Testing

@Suite("Remediation of what changes meanwhile", .serialized)
struct RemediationReloadTests {
    private static func policy(_ stream: String) -> String {
        "name: \(stream), stream: \(stream), group: g, action: requeue, min_idle: 1m"
    }

    @Test("a policy that a reload brings acts after two windows, and one that it takes away no more")
    func reload() async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(2, in: "a")
        let weir = try await stage.weir(remediation(Self.policy("b")))
        try await weir.metrics { $0.value("redis_stream_group_messages_pending", ["stream": "a"]) == 2 }
        try stage.configure(remediation(Self.policy("a")))
        let before = ContinuousClock.now
        weir.signal(SIGHUP)
        #expect(try await weir.action(by: "a").entries.map(\.id) == stranded)
        #expect(ContinuousClock.now - before >= .seconds(2))

        try stage.configure(remediation(Self.policy("b")))
        weir.signal(SIGHUP)
        try await eventually {
            weir.output.split(separator: "\n").count { $0.contains("the settings have been reloaded") } == 2
        }
        let left = try await stage.strand(2, in: "a")
        // By the time that one acts, the other would have acted.
        let others = try await stage.strand(2, in: "b")
        #expect(try await weir.action(by: "b").entries.map(\.id) == others)
        #expect(try await stage.pending("a").suffix(2) == left)
        #expect(try await weir.actions().actions.count == 2)
    }

    @Test("nothing waits any more where a reload switches remediation off")
    func off() async throws {
        let stage = try await Stage(.system)
        try await stage.strand(2)
        let weir = try await stage.weir(remediation(Self.policy("s")))
        try await weir.actions { !$0.waiting.isEmpty }
        try stage.configure(remediation(Self.policy("s"), mode: "off"))
        weir.signal(SIGHUP)
        let page = try await weir.actions { $0.mode == "off" }
        #expect(page.waiting.isEmpty && page.actions.isEmpty)
    }

    @Test("a server that does not answer holds up no other target, and is seen to when it does")
    func hung() async throws {
        let (good, hung) = (try await Stage(.system), try await Stage(.system))
        let stranded = (good: try await good.strand(2), hung: try await hung.strand(2))
        let text = configuration(good.server.target("good"), hung.server.target("hung"), poll: "timeout: 30s")
        let file = try good.server.folder.write(text + remediation(Self.policy("s")), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        try await weir.actions { Set($0.waiting.map(\.target)) == ["good", "hung"] }
        hung.server.pause()
        try await eventually { hung.server.hasUnreadRequest }
        let page = try await weir.actions(within: .seconds(4)) { !$0.actions.isEmpty }
        #expect(page.actions.map(\.target) == ["good"])
        #expect(page.actions.first?.entries.map(\.id) == stranded.good)
        try await weir.polls(5, of: "good")
        hung.server.resume()
        let rest = try await weir.actions { $0.actions.count == 2 }
        #expect(rest.actions.first?.target == "hung")
        #expect(rest.actions.first?.entries.map(\.id) == stranded.hung)
    }
}
