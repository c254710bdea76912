internal import RedisClient

/// What a server of a cluster says about all of them, as far as they have to agree on it.
struct ClusterView: Equatable {
    struct Member: Equatable {
        /// Nil: it is a primary itself.
        let primary: Substring?
        let slots: [Substring]
    }

    private(set) var members: [String: Member] = [:]
    /// Whether it is still being made acquainted with one of them.
    private(set) var meets = false

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            // ID, address, flags, primary, times of ping and pong, epoch, link, slots.
            let fields = line.split(separator: " ")
            guard fields.count > 7 else { continue }
            let flags = fields[2].split(separator: ",")
            if flags.contains("handshake") || flags.contains("noaddr") { meets = true }
            members[String(fields[0])] = Member(
                primary: flags.contains("slave") ? fields[3] : nil, slots: fields[8...].filter { !$0.hasPrefix("[") })
        }
    }

    /// As the server sees it now.
    init(of client: ServerCommands) async throws {
        self.init(try await client.text("CLUSTER", "NODES"))
    }
}

extension ServerCommands {
    /// The answer as text.
    func text(_ words: String...) async throws -> String {
        String(decoding: try await send(words.map { Array($0.utf8) }).bytes ?? [], as: UTF8.self)
    }
}
