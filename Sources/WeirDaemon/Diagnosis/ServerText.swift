import Inspection
import RedisClient
import StreamModel

/// What a server is, and how it was reached, in lines.
enum ServerText {
    static func lines(
        _ node: NodeObservation, at name: String, _ endpoint: RedisEndpoint?, speaksRESP3: Bool, user: String?
    ) -> [DiagnosisLine] {
        let who = user ?? endpoint?.username
        let named = who.map { "as \($0)" } ?? "as the default user"
        let unsure = user == nil ? " (ACL WHOAMI may not be asked)" : ""
        let transport = endpoint.map(transport) ?? ""
        return [
            DiagnosisLine(
                .ok,
                "reached \(transport), RESP\(speaksRESP3 ? "3, for which weir did not ask" : "2"), \(named)\(unsure)"),
            identity(node),
        ] + memory(node.memory)
    }

    private static func transport(_ endpoint: RedisEndpoint) -> String {
        if endpoint.access.tls != nil {
            return endpoint.access.verifiesServer ? "over TLS, its certificate verified" : "over TLS, whoever answers"
        }
        return switch endpoint.address {
        case .tcp: "in plain text"
        case .unix: "over a unix socket"
        }
    }

    private static func identity(_ node: NodeObservation) -> DiagnosisLine {
        guard let identity = node.identity else {
            return DiagnosisLine(.note, "INFO does not tell what it is: a restart of it is harder to see")
        }
        let role = identity.role == "slave" ? "a replica" : "a primary"
        let cluster = node.isInCluster == true ? ", in a cluster" : ""
        let up = node.uptimeSeconds.map { ", up \(FigureText.duration(Double($0)))" } ?? ""
        return DiagnosisLine(.ok, "\(identity.kind.rawValue) \(identity.version), \(role)\(cluster)\(up)")
    }

    private static func memory(_ memory: NodeObservation.Memory) -> [DiagnosisLine] {
        guard let used = memory.usedBytes else { return [] }
        let policy = memory.policy.map { ", \($0)" } ?? ""
        guard let limit = memory.maxBytes, limit > 0 else {
            return [DiagnosisLine(.note, "\(FigureText.megabytes(used)) used, no maxmemory\(policy)")]
        }
        let text = "\(FigureText.megabytes(used)) used of \(FigureText.megabytes(limit))\(policy)"
        return [DiagnosisLine(Double(used) > 0.9 * Double(limit) ? .warn : .ok, text)]
    }
}
