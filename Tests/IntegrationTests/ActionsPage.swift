import FoundationEssentials
import TestSupport
import Testing

/// `/api/v1/actions` as somebody who wants little of it reads it.
struct ActionsPage: Decodable {
    struct Wait: Decodable, Hashable {
        var target: String
        var policy: String
        var reason: String
    }

    struct Action: Decodable {
        var id: String
        var time: Double
        var policy: String
        var action: String
        var mode: String
        var result: String
        var reason: String?
        var text: String
        var target: String
        var stream: String
        var group: String
        var to: String?
        var count: Int
        var entries: [Entry]
        var left: [Left]
        var forgotten: [String]
        var purged: [String]
        var alerts: [Cause]
    }

    struct Entry: Decodable {
        var id: String
        var consumer: String?
        var idleSeconds: Double?
        var deliveries: Int?
        var copy: String?
    }

    struct Left: Decodable {
        var id: String
        var reason: String
    }

    struct Cause: Decodable {
        var alertname: String
        var fingerprint: String
    }

    var mode: String
    var paused: Bool
    var pausedReason: String?
    var waiting: [Wait]
    /// The newest first.
    var actions: [Action]

    /// What the policy's actions of that result were about, the oldest first.
    func entries(by policy: String, _ result: String = "moved") -> [Entry] {
        actions.reversed().filter { $0.policy == policy && $0.result == result }.flatMap(\.entries)
    }

    /// Why the target's policies were refused, or all targets', the oldest first.
    func refusals(at target: String? = nil) -> [String] {
        actions.reversed().filter { $0.result == "refused" && (target ?? $0.target) == $0.target }.compactMap(\.reason)
    }
}

extension WeirProcess {
    func actions() async throws -> ActionsPage {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ActionsPage.self, from: Data(try await request("GET", "/api/v1/actions").body))
    }

    /// The first page that shows what is waited for.
    @discardableResult
    func actions(
        within limit: Duration = .seconds(10), until isDone: (ActionsPage) -> Bool
    ) async throws -> ActionsPage {
        try await eventually(within: limit) {
            try await actions()
        } until: {
            isDone($0)
        }
    }

    /// The newest action of the policy with that result, once there is one.
    func action(
        by policy: String, _ result: String = "moved", within limit: Duration = .seconds(10)
    ) async throws -> ActionsPage.Action {
        func find(_ page: ActionsPage) -> ActionsPage.Action? {
            page.actions.first { $0.policy == policy && $0.result == result }
        }
        let page = try await actions(within: limit) { find($0) != nil }
        return try #require(find(page))
    }

    /// Waits for so many polls that succeed: for what must not happen, there is no other event.
    func polls(_ count: Double, of target: String = "test") async throws {
        let labels = ["result": "success", "target": target]
        let before = try await metrics().value("weir_polls_total", labels) ?? 0
        try await metrics { ($0.value("weir_polls_total", labels) ?? 0) >= before + count }
    }
}
