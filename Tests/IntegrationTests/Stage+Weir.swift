import StreamModel
import TestSupport

/// What a file says of remediation: windows of a second, and these policies; `keys` beside them.
func remediation(_ policies: String..., mode: String? = "act", keys: [String] = [], health: String = "") -> String {
    """
    health: {window: 1s, stale_after: 1s\(health)}
    rules: {MemoryUnlimited: false}
    remediation:
    \(((mode.map { ["mode: \($0)"] } ?? []) + keys).map { "  \($0)\n" }.joined())  policies:
    \(policies.map { "    - {\($0)}" }.joined(separator: "\n"))

    """
}

extension Stage {
    /// Where weir keeps its state.
    var state: String { "\(server.folder.path)/state" }

    /// Writes a configuration that watches the stage's server; gives its path.
    @discardableResult
    func configure(_ remediation: String) throws -> String {
        try server.folder.write(
            configuration(server.target("test")) + "state_dir: \(state)\n" + remediation, to: "weir.yaml")
    }

    /// Runs the daemon with that configuration.
    func weir(_ remediation: String, _ arguments: String...) async throws -> WeirProcess {
        try await .serving(["--config", try configure(remediation)] + arguments)
    }

    /// Has the consumer `c` hold so many new entries for two minutes already; gives their IDs.
    @discardableResult
    func strand(
        _ count: Int, in stream: String = "s", group: String = "g", deliveries: Int64 = 2
    ) async throws -> [String] {
        let bodies = (0..<count).map { entry("\(stream) \($0)") }
        return try await hold(bodies, in: stream, group: group, deliveries: deliveries).map(\.description)
    }

    func pending(_ stream: String = "s", group: String = "g") async throws -> [String] {
        try await pendingIDs(stream, group: group).map(\.description)
    }

    /// The values of the entries' only fields, or of their first.
    func values(_ stream: String) async throws -> [String] {
        try await entries(stream).map { String(decoding: $0.fields[1], as: UTF8.self) }
    }
}
