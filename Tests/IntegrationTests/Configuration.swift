import TestSupport

/// A configuration file that polls often; `targets` are YAML mappings, `poll` and `http` keys besides.
func configuration(
    _ targets: String..., poll: String = "timeout: 500ms", http: String = "enable_reload: false"
) -> String {
    """
    targets:
    \(targets.map { "  - {\($0)}" }.joined(separator: "\n"))
    poll: {interval: 100ms, discovery_interval: 1s, redis_share: 100%, \(poll)}
    http: {\(http)}

    """
}

extension RedisServer {
    /// The keys of a target that is this server.
    func target(_ name: String, _ more: String = "streams: [\"*\"]") -> String {
        "name: \(name), url: \"\(url)\", \(more)"
    }
}

extension WeirProcess {
    /// A daemon with one target, polled often, and how it is called.
    static func watching(_ server: RedisServer, _ more: String = "streams: [\"*\"]") async throws -> WeirProcess {
        let file = try server.folder.write(configuration(server.target("test", more)), to: "weir.yaml")
        return try await .serving(["--config", file])
    }
}
