package import Platform

/// The HTTP side.
package struct HTTPSettings: Sendable, Equatable {
    /// At least one, no two the same.
    package var listen: [ListenAddress] = [ListenAddress(host: "0.0.0.0", port: 10_061)]
    /// Whether `POST /-/reload` is served.
    package var enableReload = false
    /// As a file of its own says.
    package var web = WebConfig()

    package init() {}
}

extension HTTPSettings {
    /// Where HTTP is served, as `Settings.load` would decide it: for a probe, which needs to know no Redis, and finds
    /// out by itself whether TLS is spoken there.
    package static func load(
        flags: SettingsFlags, environment: [String: String],
        readFile: FileContents.Reader = FileContents.read
    ) throws(SettingsErrors) -> HTTPSettings {
        var invocation = Invocation(flags: flags, environment: environment)
        let file = invocation.file(readFile: readFile)
        var http = file.http
        invocation.readList(.listen, into: &http.listen, as: ListenAddress.init(parsing:))
        let problems = invocation.problems + file.problems
        guard problems.isEmpty else { throw SettingsErrors(problems) }
        return http
    }
}
