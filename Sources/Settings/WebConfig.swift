package import Crypto
package import HTTPServer

/// How the pages are served, as Prometheus' exporters have it in the file of `--web.config.file`.
package struct WebConfig: Sendable, Equatable {
    /// Nil: plain HTTP.
    package var tls: TLSServerSettings?
    /// By name; empty: everybody may read.
    package var users: [String: BcryptHash] = [:]
    /// Sent with every response.
    package var headers: [String: String] = [:]
    package var rateLimit: RateLimit?

    package init() {}
}

extension WebConfig: CustomStringConvertible {
    /// What it makes of the pages, in a few words for a person.
    package var description: String {
        var words = [tls.map(Self.words) ?? "plain HTTP"]
        words.append(users.isEmpty ? "no users" : users.count == 1 ? "1 user" : "\(users.count) users")
        if !headers.isEmpty { words.append("headers \(headers.keys.sorted().joined(separator: ", "))") }
        if let rateLimit {
            words.append("a request each \(DurationText.format(rateLimit.interval)), \(rateLimit.burst) at once")
        }
        return words.joined(separator: "; ")
    }

    private static func words(_ tls: TLSServerSettings) -> String {
        let versions =
            tls.leastVersion == tls.greatestVersion
            ? "\(tls.leastVersion)"
            : "\(tls.leastVersion) to \(tls.greatestVersion.description.dropFirst("TLS ".count))"
        return tls.clients == .none ? versions : "\(versions), \(tls.clients.rawValue)"
    }
}
