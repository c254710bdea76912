import Glibc
import Platform

/// An open connection: commands go out, replies come in, against one deadline for the whole exchange.
struct RedisSession: ~Copyable {
    private let context: HiredisContext
    private let interruption: Interruption
    private var input = [UInt8](repeating: 0, count: 32 * 1024)

    init(context: consuming HiredisContext, interruption: Interruption) {
        interruption.watch(context.fileDescriptor)
        self.context = context
        self.interruption = interruption
    }

    deinit {
        interruption.forget()
    }

    /// Sends `output` and waits for `count` replies.
    ///
    /// Both directions are served at once: with a large batch the server stops reading while its answers are not
    /// taken, and either side would wait for the other.
    mutating func exchange(
        _ output: [UInt8], replies count: Int, timeout: Duration
    ) throws(RedisClientError) -> (replies: [RedisReply], received: Int) {
        let deadline = ContinuousClock.now + timeout
        var replies: [RedisReply] = []
        replies.reserveCapacity(count)
        var sent = 0
        var received = 0
        while replies.count < count {
            let ready = try wait(forOutput: sent < output.count, until: deadline, timeout: timeout)
            if ready.canSend {
                sent += try send(output.span.extracting(sent...))
            }
            if ready.canReceive {
                received += try receive()
                while replies.count < count, let reply = try context.nextReply() {
                    replies.append(reply)
                }
            }
        }
        return (replies, received)
    }

    private func wait(
        forOutput wantsToSend: Bool, until deadline: ContinuousClock.Instant, timeout: Duration
    ) throws(RedisClientError) -> (canSend: Bool, canReceive: Bool) {
        let events = wantsToSend ? Int16(POLLIN | POLLOUT) : Int16(POLLIN)
        while true {
            if interruption.isInterrupted { throw .interrupted }
            let left = deadline - .now
            guard left > .zero else { throw .timedOut(after: timeout) }
            var descriptor = pollfd(fd: context.fileDescriptor, events: events, revents: 0)
            // Rounded up, so that the last turn does not spin.
            let result = unsafe poll(&descriptor, 1, Int32(clamping: left.milliseconds + 1))
            if result < 0 && errno != EINTR { throw .brokenConnection(reason: systemError()) }
            guard result > 0 else { continue }
            // An error or a hang-up is found by reading, which then says why.
            let canSend = descriptor.revents & Int16(POLLOUT) != 0
            return (canSend, descriptor.revents & ~Int16(POLLOUT) != 0)
        }
    }

    private func send(_ bytes: Span<UInt8>) throws(RedisClientError) -> Int {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let count = unsafe bytes.withUnsafeBytes { bytes in
            unsafe Glibc.send(context.fileDescriptor, bytes.baseAddress, bytes.count, flags)
        }
        if count >= 0 { return count }
        if errno == EAGAIN || errno == EINTR { return 0 }
        throw failure()
    }

    private mutating func receive() throws(RedisClientError) -> Int {
        let descriptor = context.fileDescriptor
        let count = unsafe input.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        if count > 0 {
            try context.feed(input.span.extracting(first: count))
            return count
        }
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return 0 }
        throw count == 0 ? end() : failure()
    }

    private func end() -> RedisClientError {
        interruption.isInterrupted ? .interrupted : .closed
    }

    private func failure() -> RedisClientError {
        let reason = systemError()
        return interruption.isInterrupted ? .interrupted : .brokenConnection(reason: reason)
    }
}

private func systemError() -> String {
    unsafe String(cString: strerror(errno))
}
