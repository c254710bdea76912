import TestSupport

/// One alert of `/api/v1/alerts`, pending, firing or ended.
struct ShownAlert: Equatable, Sendable {
    var rule: String
    var state: String
    var node: String?
    var stream: String?
    var group: String?
    /// Empty for one that is pending.
    var description: String
    /// The annotation `groups`, of RolledBack: what each group will be given again.
    var groups: String?
}

extension WeirProcess {
    /// Those of the rule, or all.
    func alerts(of rule: String? = nil) async throws -> [ShownAlert] {
        let document = try JSONValue(reading: try await request("GET", "/api/v1/alerts").body)
        return (document["alerts"]?.elements ?? []).compactMap { alert in
            guard let name = alert["alertname"]?.string, (rule ?? name) == name, let state = alert["state"]?.string
            else { return nil }
            return ShownAlert(
                rule: name, state: state, node: alert["node"]?.string, stream: alert["stream"]?.string,
                group: alert["group"]?.string, description: alert["annotations"]?["description"]?.string ?? "",
                groups: alert["annotations"]?["groups"]?.string)
        }
    }

    /// Waits until the alerts of the rule are what is waited for.
    @discardableResult
    func alerts(
        of rule: String, within limit: Duration = .seconds(10), until isDone: ([ShownAlert]) -> Bool
    ) async throws -> [ShownAlert] {
        try await eventually(within: limit) {
            try await alerts(of: rule)
        } until: {
            isDone($0)
        }
    }
}
