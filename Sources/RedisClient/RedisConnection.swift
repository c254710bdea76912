import Platform

/// A persistent connection to one Redis, on a thread of its own.
///
/// A session that has failed is dropped, never used again: a late reply would answer the next command. The session is
/// taken out for each exchange and put back only after a success, so that this holds by construction.
package actor RedisConnection {
    package nonisolated let endpoint: RedisEndpoint
    /// For connecting, and for each exchange as a whole.
    private let timeout: Duration
    private nonisolated let thread: BlockingThread
    private nonisolated let interruption = Interruption()
    private var session: RedisSession?
    /// Whether the server has been seen to, without having been asked; those that do not pay nothing for it.
    package private(set) var speaksRESP3 = false
    /// What the server answered when the session was to take its name, where it did not let it.
    package private(set) var nameRefusal: RedisErrorReply?

    /// Starts the thread; nothing is sent before `open`.
    package init(endpoint: RedisEndpoint, timeout: Duration) throws(RedisClientError) {
        do {
            thread = try BlockingThread.start(name: "redis")
        } catch {
            throw .cannotConnect(reason: error.description)
        }
        self.endpoint = endpoint
        self.timeout = timeout
    }

    deinit {
        thread.stop()
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe thread.asUnownedSerialExecutor()
    }

    package var isOpen: Bool { session != nil }

    /// Connects, shakes hands where TLS is spoken, logs in, takes the name `weir` and selects the database.
    ///
    /// A session that is open already is dropped. The files of the password and of certificates are read anew, and before
    /// the server is connected to.
    package func open() throws(RedisClientError) {
        do throws(RedisClientError) {
            try openSession()
        } catch {
            guard error == .speaksRESP3 else { throw error }
            try openSession()
        }
    }

    private func openSession() throws(RedisClientError) {
        session = nil
        nameRefusal = nil
        if interruption.isInterrupted { throw .interrupted }
        let password = try endpoint.password?.read()
        session = try RedisSession.open(
            endpoint, timeout: timeout, interruption: interruption, speaksRESP3: speaksRESP3)
        do {
            // One at a time: a server that turns weir away answers the first, and closes.
            for command in loginCommands(password) {
                let reply = try pipeline([command]).replies[0]
                if let error = reply.error { try accept(error, to: command.name, password) }
            }
        } catch {
            session = nil
            throw error
        }
    }

    /// Drops the session.
    package func close() {
        session = nil
    }

    /// Sends all commands at once and waits for all replies; an error reply is a reply.
    package func pipeline(_ commands: [RedisCommand]) throws(RedisClientError) -> RedisExchange {
        let exchanges = try exchange([RedisRequest(commands)]) { (_, exchange) throws(RedisClientError) in exchange }
        return exchanges[0]
    }

    /// Sends the requests one after the other, without waiting for the replies to one before the next is sent, as far as the
    /// limit lets them.
    ///
    /// Gives what `read` made of the replies to each of those that were sent. It is called with the request's place and runs
    /// here, while the server is at work on what comes next.
    package func exchange<Answer: Sendable>(
        _ requests: [RedisRequest], _ limit: PipelineLimit = PipelineLimit(),
        _ read: @Sendable (Int, RedisExchange) throws(RedisClientError) -> Answer
    ) throws(RedisClientError) -> [Answer] {
        guard var session = session.take() else { throw .closed }
        let answers: [Answer]
        do throws(RedisClientError) {
            answers = try session.exchange(requests, limit, timeout: timeout, read)
        } catch {
            if error == .speaksRESP3 { speaksRESP3 = true }
            throw error
        }
        self.session = consume session
        return answers
    }

    /// Ends what is under way, and everything later, from any thread: weir stops.
    package nonisolated func interrupt() {
        interruption.interrupt()
    }

    package nonisolated var isInterrupted: Bool { interruption.isInterrupted }

    private func loginCommands(_ password: Secret?) -> [RedisCommand] {
        var commands: [RedisCommand] = []
        if let password {
            let user = endpoint.username.map { [Array($0.utf8)] } ?? []
            commands.append(RedisCommand([Array("AUTH".utf8)] + user + [password.bytes]))
        }
        commands.append(RedisCommand("CLIENT", "SETNAME", "weir"))
        if endpoint.database != 0 {
            commands.append(RedisCommand("SELECT", String(endpoint.database)))
        }
        return commands
    }

    private func accept(
        _ error: RedisErrorReply, to command: String, _ password: Secret?
    ) throws(RedisClientError) {
        if error.turnsAway { throw .refused(command: command, message: error.message) }
        if command == "AUTH" { throw .authenticationFailed(Self.without(password, error.message)) }
        // Managed services deny it, and nothing depends on it; but it also finds out that a password is missing.
        if command == "CLIENT SETNAME" && error.code != "NOAUTH" { return nameRefusal = error }
        throw RedisClientError(error, to: command)
    }

    /// A server that does not know AUTH answers with its arguments, of which it may cut off the end.
    private static func without(_ password: Secret?, _ message: String) -> String {
        let start = message.firstRange(of: ", with args").map { String(message[..<$0.lowerBound]) } ?? message
        guard let password else { return start }
        return start.replacing(String(decoding: password.bytes, as: UTF8.self), with: "***")
    }
}

extension RedisErrorReply {
    /// Whether the server answers so to whatever comes first, and then closes: too many clients, or protected mode.
    fileprivate var turnsAway: Bool {
        code == "DENIED" || message.hasPrefix("ERR max number of clients")
    }
}

extension RedisClientError {
    /// An error reply to a command that a connection or a poll cannot do without.
    package init(_ error: RedisErrorReply, to command: String) {
        switch error.code {
        case "NOAUTH", "WRONGPASS": self = .authenticationFailed(error.message)
        case "LOADING": self = .loading
        default: self = .refused(command: command, message: error.message)
        }
    }
}
