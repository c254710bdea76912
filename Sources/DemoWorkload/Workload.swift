package import RedisClient

/// A small company's streams on one Redis, with the troubles that weir is there to see.
package struct Workload: Sendable {
    /// What there is to see, for whoever starts the demonstration.
    package static let description = """
          orders    group shippers keeps up; group billing is slow and its lag grows
          payments  group ledger: the consumer ledger-2 has crashed and holds 40 entries
          emails    group senders: one entry is poison, and is delivered again and again
          clicks    trimmed to 500 entries; group analytics reads slower than they come, and loses some
          invoices  quiet: its reader blocks, and that is no trouble
        """

    private let connections: [RedisConnection]
    private let agents: [Agent]

    /// Lays out the streams and their past, and connects the agents.
    package init(on redis: RedisEndpoint) async throws {
        let first = try await RedisConnection.onceUp(redis)
        try await Self.lay(out: AgentSession(name: "setup", connection: first))
        agents = Self.agents
        var connections = [first]
        while connections.count < agents.count {
            let connection = try RedisConnection(endpoint: redis, timeout: .seconds(5))
            try await connection.open()
            connections.append(connection)
        }
        self.connections = connections
    }

    /// Works until the task is cancelled.
    package func run() async {
        await withTaskGroup { group in
            for (agent, connection) in zip(agents, connections) {
                group.addTask { await agent.run(on: connection) }
            }
        }
    }

    /// Ends what is under way.
    package func stop() {
        connections.forEach { $0.interrupt() }
    }

    private static func lay(out session: AgentSession) async throws {
        let groups = [
            ("orders", "shippers"), ("orders", "billing"), ("payments", "ledger"), ("emails", "senders"),
            ("clicks", "analytics"), ("invoices", "archive"),
        ]
        for (stream, group) in groups { try await session.send("XGROUP", "CREATE", stream, group, "0", "MKSTREAM") }
        try await session.add(to: "payments", count: 40)
        let crashed = AgentSession(name: "ledger-2", connection: session.connection)
        _ = try await crashed.read("payments", group: "ledger", count: 40)
        try await session.add(to: "emails", count: 1)
        try await session.add(to: "invoices", count: 3)
    }

    private static var agents: [Agent] {
        [
            producer("shop-1", "orders", count: 3, every: .milliseconds(300)),
            producer("shop-2", "orders", count: 2, every: .milliseconds(450)),
            producer("till", "payments", count: 2, every: .milliseconds(500)),
            producer("newsletter", "emails", count: 1, every: .seconds(1)),
            producer("web", "clicks", count: 40, every: .milliseconds(400), maxLength: 500),
            worker("shipper-1", "orders", "shippers", count: 10, every: .milliseconds(250)),
            worker("shipper-2", "orders", "shippers", count: 10, every: .milliseconds(350)),
            worker("biller-1", "orders", "billing", count: 1, every: .milliseconds(400)),
            worker("ledger-1", "payments", "ledger", count: 20, every: .milliseconds(300)),
            sender,
            worker("analyst-1", "clicks", "analytics", count: 20, every: .milliseconds(400)),
            archivist,
        ]
    }

    private static func producer(
        _ name: String, _ stream: String, count: Int, every pause: Duration, maxLength: Int? = nil
    ) -> Agent {
        Agent(name: name, pause: pause) { try await $0.add(to: stream, count: count, maxLength: maxLength) }
    }

    /// Reads new entries and acknowledges them.
    private static func worker(
        _ name: String, _ stream: String, _ group: String, count: Int, every pause: Duration
    ) -> Agent {
        Agent(name: name, pause: pause) { session in
            let ids = try await session.read(stream, group: group, count: count)
            try await session.acknowledge(ids, in: stream, group: group)
        }
    }

    /// Sends mails, but cannot handle the first one: it fails, is read again from its own pending entries, and fails.
    private static var sender: Agent {
        Agent(name: "sender-1", pause: .seconds(1)) { session in
            try await session.send("XREADGROUP", "GROUP", "senders", "sender-1", "COUNT", "1", "STREAMS", "emails", "0")
            var ids = try await session.read("emails", group: "senders", count: 10)
            let first = try await session.send("XRANGE", "emails", "-", "+", "COUNT", "1")
            let poison = first.elements?.first?.elements?.first?.bytes.map { String(decoding: $0, as: UTF8.self) }
            ids.removeAll { $0 == poison }
            try await session.acknowledge(ids, in: "emails", group: "senders")
        }
    }

    /// A reader that blocks on a quiet stream: it looks dead to whoever goes by idle time alone.
    private static var archivist: Agent {
        Agent(name: "archivist", pause: .zero) { session in
            let reply = try await session.send(
                "XREADGROUP", "GROUP", "archive", "archivist", "BLOCK", "4000", "STREAMS", "invoices", ">")
            guard let entries = reply.elements?.first?.elements?.last?.elements else { return }
            let ids = entries.compactMap { $0.elements?.first?.bytes.map { String(decoding: $0, as: UTF8.self) } }
            try await session.acknowledge(ids, in: "invoices", group: "archive")
        }
    }
}
