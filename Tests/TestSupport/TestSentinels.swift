package import RedisClient

/// A real primary with replicas, and real sentinels that watch it, on loopback ports; ended with this object.
///
/// A primary that does not answer for half a second is down, and replaced after about 2 s.
package final class TestSentinels: Sendable {
    package static let primaryName = "mymaster"

    /// First the one that is the primary at the start.
    package let nodes: [TestNode]
    package let sentinels: [TestNode]
    private let access: TestAccess
    private let folder: TemporaryFolder

    /// Starts them, and returns once the replicas are linked and the sentinels know each other and the replicas.
    ///
    /// With certificates all of them speak TLS. `arguments` are the servers', not the sentinels'.
    package init(
        _ program: ServerProgram = .system, replicas: Int = 1, sentinels count: Int = 3,
        access: TestAccess = TestAccess(), sentinelPassword: String? = nil, _ arguments: String...
    ) async throws {
        self.access = access
        let sentinelAccess = TestAccess(certificates: access.certificates, password: sentinelPassword)
        folder = try TemporaryFolder()
        let arguments = ["--repl-diskless-sync-delay", "0"] + arguments
        let primary = try await TestNode(program.command, access, arguments)
        nodes =
            [primary]
            + (try await concurrently(replicas) { _ in
                try await TestNode(
                    program.command, access, arguments + ["--replicaof", "127.0.0.1", "\(primary.port)"])
            })
        for node in nodes.dropFirst() {
            let client = try await node.client()
            try await eventually(within: .seconds(30)) {
                try await client.text("INFO", "replication").contains("master_link_status:up")
            }
        }
        var settings = """
            sentinel monitor \(Self.primaryName) 127.0.0.1 \(primary.port) \(count / 2 + 1)
            sentinel down-after-milliseconds \(Self.primaryName) 500
            sentinel failover-timeout \(Self.primaryName) 4000
            sentinel parallel-syncs \(Self.primaryName) 8

            """
        if let password = access.password { settings += "sentinel auth-pass \(Self.primaryName) \(password)\n" }
        let (folder, contents) = (folder, settings)
        // Each writes what it learns into its file.
        sentinels = try await concurrently(count) { index in
            let file = try folder.write(contents, to: "sentinel-\(index).conf")
            return try await TestNode(program.command + [file], sentinelAccess, ["--sentinel"])
        }
        try await awaitAcquaintance()
    }

    package var topology: SentinelTopology {
        SentinelTopology(
            sentinels: sentinels.map(\.endpoint), primaryName: Self.primaryName, access: access.access)
    }

    /// Such as `redis+sentinel://127.0.0.1:26379,127.0.0.1:26380/mymaster`; without the passwords.
    package var url: String {
        "\(access.scheme("sentinel"))://\(sentinels.map(\.name).joined(separator: ","))/\(Self.primaryName)"
    }

    /// The one that the first sentinel which runs says is the primary.
    package func primary() async throws -> TestNode {
        for sentinel in sentinels where sentinel.isRunning {
            if let node = try await primary(accordingTo: sentinel.client()) { return node }
        }
        throw RedisClientError.closed
    }

    /// Has a replica take the primary's place, and returns it once all sentinels know.
    @discardableResult
    package func failOver() async throws -> TestNode {
        let old = try await primary()
        let client = try await sentinels[0].client()
        // Refused as long as the sentinel has not yet heard how the replicas are.
        try await eventually(within: .seconds(30)) {
            try await client.send("SENTINEL", "FAILOVER", Self.primaryName) == .status("OK")
        }
        return try await awaitSwitch(from: old)
    }

    /// Waits until all sentinels that run name another primary than that, always the same, and it is one.
    @discardableResult
    package func awaitSwitch(from old: TestNode) async throws -> TestNode {
        var clients: [ServerCommands] = []
        for sentinel in sentinels where sentinel.isRunning { clients.append(try await sentinel.client()) }
        let new = try await eventually(within: .seconds(60)) {
            var named: [TestNode?] = []
            for client in clients { named.append(try await primary(accordingTo: client)) }
            guard let first = named.first, let first, first !== old, named.allSatisfy({ $0 === first }) else {
                return nil as TestNode?
            }
            let role = try await first.client().text("INFO", "replication")
            return role.contains("role:master") ? first : nil
        } until: {
            $0 != nil
        }
        return new ?? old
    }

    private func primary(accordingTo sentinel: ServerCommands) async throws -> TestNode? {
        let answer = try await sentinel.send("SENTINEL", "get-master-addr-by-name", Self.primaryName).elements
        let port = answer?.last?.bytes.flatMap { UInt16(String(decoding: $0, as: UTF8.self)) }
        return nodes.first { $0.port == port }
    }

    private func awaitAcquaintance() async throws {
        for sentinel in sentinels {
            let client = try await sentinel.client()
            try await eventually(within: .seconds(60)) {
                try await client.send("SENTINEL", "MASTER", Self.primaryName).fields
            } until: { (fields: [String: String]) -> Bool in
                let counts = [fields["num-slaves"], fields["num-other-sentinels"]].map { $0.flatMap(Int.init) }
                return fields["flags"] == "master" && counts == [nodes.count - 1, sentinels.count - 1]
            }
        }
    }
}

extension RedisReply {
    /// Names and values that follow each other in a list.
    fileprivate var fields: [String: String] {
        let words: [String] = (elements ?? []).map { String(decoding: $0.bytes ?? [], as: UTF8.self) }
        var fields: [String: String] = [:]
        var rest = words[...]
        while let name = rest.popFirst(), let value = rest.popFirst() { fields[name] = value }
        return fields
    }
}
