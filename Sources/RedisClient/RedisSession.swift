import Crypto
import Glibc
import Platform

/// An open connection: commands go out, replies come in, against one deadline for the whole exchange.
struct RedisSession: ~Copyable {
    private let context: HiredisContext
    private let transport: RedisTransport
    private let interruption: Interruption
    private var hasReceived = false
    /// For a server that has been seen to speak RESP3.
    private var rewriter: RESP3Rewriter?

    /// Some whole records of TLS.
    private static let inputBytes = 64 * 1024

    /// Connects, and shakes hands where TLS is wanted, within one timeout.
    ///
    /// Certificates are read anew for each connection, so that those which have been replaced are found; and before it
    /// is made, so that a file which is of no use is known also where no server is there.
    static func open(
        _ endpoint: RedisEndpoint, timeout: Duration, interruption: Interruption, speaksRESP3: Bool
    ) throws(RedisClientError) -> RedisSession {
        let credentials: TLSCredentials?
        do throws(TLSError) { credentials = try endpoint.tls.map(TLSCredentials.init) } catch { throw .tls(error) }
        let deadline = ContinuousClock.now + timeout
        let context = try HiredisContext.connect(to: endpoint.address, timeout: timeout)
        let transport: RedisTransport
        do throws(TLSError) {
            transport = try RedisTransport(to: endpoint.host, socket: context.fileDescriptor, credentials)
        } catch {
            throw .tls(error)
        }
        let session = RedisSession(
            context: context, transport: transport, interruption: interruption,
            rewriter: speaksRESP3 ? RESP3Rewriter() : nil)
        if case .tls(let tls) = transport { try session.shakeHands(tls, until: deadline, timeout: timeout) }
        return session
    }

    private init(
        context: consuming HiredisContext, transport: RedisTransport, interruption: Interruption,
        rewriter: RESP3Rewriter?
    ) {
        interruption.watch(context.fileDescriptor)
        self.context = context
        self.transport = transport
        self.interruption = interruption
        self.rewriter = rewriter
    }

    deinit {
        transport.close()
        interruption.forget()
    }

    /// Sends the requests one after the other, as far as the limit lets them, and has the replies to each read as soon as
    /// they are whole.
    ///
    /// Gives what `read` made of those that were sent. Both directions are served at once: with a large batch the server
    /// stops reading while its answers are not taken, and either side would wait for the other. `timeout` is for each
    /// request, from when the one before it was answered.
    mutating func exchange<Answer>(
        _ requests: [RedisRequest], _ limit: PipelineLimit, timeout: Duration,
        _ read: (Int, RedisExchange) throws(RedisClientError) -> Answer
    ) throws(RedisClientError) -> [Answer] {
        var progress = PipelineProgress(requests, limit, at: .now)
        var output = OutputQueue()
        // For these exchanges alone: between two polls a connection holds no memory that another could use.
        var input = [UInt8](repeating: 0, count: Self.inputBytes)
        var received = 0
        var places: [Int] = []
        var answers: [Answer] = []
        while true {
            while let request = progress.next(at: .now) { output.append(request.commands) }
            if !output.isEmpty { output.remove(try send(output.bytes.span.extracting(output.gone...))) }
            guard let awaited = progress.awaited else { return answers }
            while places.count < awaited.commands.count, let place = try context.nextReply() { places.append(place) }
            guard places.count == awaited.commands.count else {
                // An error or a hang-up is found by reading, which then says why.
                let events = output.isEmpty ? POLLIN : POLLIN | POLLOUT
                let ready = try wait(for: events, until: progress.deadline(timeout), timeout: timeout)
                if ready & ~POLLOUT != 0 { received += try receive(into: &input) }
                continue
            }
            // What is left of the commands would go out before the next ones.
            guard let sent = output.takeAnswered() else {
                throw .protocolViolation("an answer to what was not asked yet")
            }
            let tape = context.takeTape()
            let answered = progress.answer(at: .now)
            let exchange = RedisExchange(
                replies: places.map { RedisReply(on: tape, at: $0) }, elapsed: answered.elapsed,
                followed: answered.followed, bytesSent: sent, bytesReceived: received)
            answers.append(try read(answered.index, exchange))
            received = 0
            places = []
        }
    }

    private func shakeHands(
        _ tls: TLSSession, until deadline: ContinuousClock.Instant, timeout: Duration
    ) throws(RedisClientError) {
        do throws(RedisClientError) {
            while true {
                let step: TLSSession.Handshake
                do throws(TLSError) { step = try tls.handshake() } catch { throw cause(of: .init(error)) }
                switch step {
                case .done: return
                case .needsInput: _ = try wait(for: POLLIN, until: deadline, timeout: timeout)
                case .needsOutput: _ = try wait(for: POLLOUT, until: deadline, timeout: timeout)
                }
            }
        } catch {
            // A server without TLS waits for the rest of what it takes for a command.
            if case .timedOut = error, !tls.hasHeard { throw .tls(.silent(after: timeout)) }
            throw error
        }
    }

    /// The events of poll that have come, of which there is one.
    private func wait(
        for events: Int32, until deadline: ContinuousClock.Instant, timeout: Duration
    ) throws(RedisClientError) -> Int32 {
        while true {
            if interruption.isInterrupted { throw .interrupted }
            let left = deadline - .now
            guard left > .zero else { throw .timedOut(after: timeout) }
            let isBuffered = transport.hasBufferedInput
            var descriptor = pollfd(fd: context.fileDescriptor, events: Int16(events), revents: 0)
            // Rounded up, so that the last turn does not spin.
            let result = unsafe poll(&descriptor, 1, isBuffered ? 0 : Int32(clamping: left.milliseconds + 1))
            if result < 0 && errno != EINTR {
                throw .brokenConnection(reason: SystemError(code: errno).description)
            }
            let ready = (result > 0 ? Int32(descriptor.revents) : 0) | (isBuffered ? POLLIN : 0)
            if ready != 0 { return ready }
        }
    }

    private func send(_ bytes: Span<UInt8>) throws(RedisClientError) -> Int {
        do throws(RedisTransport.Failure) { return try transport.send(bytes) } catch { throw cause(of: error) }
    }

    private mutating func receive(into input: inout [UInt8]) throws(RedisClientError) -> Int {
        let count: Int
        do throws(RedisTransport.Failure) {
            count = try transport.receive(into: &input)
        } catch {
            throw cause(of: error)
        }
        guard count > 0 else { return 0 }
        if !hasReceived && transport.isPlain && TLSRecord.canBegin(with: input.prefix(count)) { throw .speaksTLS }
        hasReceived = true
        if let rewritten = try rewriter?.rewrite(input.prefix(count)) {
            try context.feed(rewritten.span)
        } else {
            try context.feed(input.span.extracting(first: count))
        }
        return count
    }

    private func cause(of failure: RedisTransport.Failure) -> RedisClientError {
        if interruption.isInterrupted { return .interrupted }
        if case .ended(let error) = failure, !hasReceived, transport.isPlain,
            error.map({ [ECONNRESET, EPIPE].contains($0.code) }) ?? true
        {
            return .closedUnanswered
        }
        return RedisClientError(failure)
    }
}

extension RedisClientError {
    fileprivate init(_ failure: RedisTransport.Failure) {
        self =
            switch failure {
            case .ended(nil): .closed
            case .ended(let error?): .brokenConnection(reason: error.description)
            case .tls(let error): .tls(error)
            }
    }
}
