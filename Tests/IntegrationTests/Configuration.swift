import TestSupport

/// A configuration file that polls often; `targets` are YAML mappings, `poll` and `http` keys besides.
func configuration(
    _ targets: String..., every interval: String = "100ms", looking discovery: String = "1s",
    poll: String = "timeout: 500ms", http: String = "enable_reload: false"
) -> String {
    """
    targets:
    \(targets.map { "  - {\($0)}" }.joined(separator: "\n"))
    poll: {interval: \(interval), discovery_interval: \(discovery), redis_share: 100%, \(poll)}
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

    /// A daemon whose target `test` is what that URL is of, polled every 200 ms; `more` are keys of the target, `settings`
    /// sections of the file.
    static func following(
        _ url: String, _ more: String = "streams: [\"*\"]", in folder: TemporaryFolder,
        looking discovery: String = "1s",
        _ settings: String = ""
    ) async throws -> WeirProcess {
        let target = "name: test, url: \"\(url)\", \(more)"
        let text = configuration(target, every: "200ms", looking: discovery) + settings
        return try await .serving(["--config", try folder.write(text, to: "weir.yaml")])
    }
}
