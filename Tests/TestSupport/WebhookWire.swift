internal import Glibc

/// The connection that a `WebhookReceiver` answers on.
struct WebhookWire {
    private let connection: Int32

    init(_ connection: Int32) {
        self.connection = connection
    }

    /// Answers; false where the connection is to be closed.
    func carryOut(_ answer: WebhookAnswer) -> Bool {
        switch answer {
        case .reply(let status, let headers, let body):
            let head = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.count)"] + headers + ["", ""]
            return write(Array(head.joined(separator: "\r\n").utf8) + body)
        case .bytes(let bytes): return write(bytes)
        case .bytesThenHangUp(let bytes):
            _ = write(bytes)
            return false
        case .trickle(let bytes, let pause): return bytes.allSatisfy { write([$0]) && waitWhileOpen(pause) }
        case .after(let pause, let answer): return waitWhileOpen(pause) && carryOut(answer)
        case .hangUp: return false
        case .reset:
            var instant = linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &instant, socklen_t(MemoryLayout<linger>.size))
            return false
        case .silence:
            while waitWhileOpen(.seconds(60)) {}
            return false
        case .endlessHeaders: return writeForEver("HTTP/1.1 200 Scripted\r\n", "X-More: and more\r\n")
        case .endlessHeader: return writeForEver("HTTP/1.1 200 Scripted\r\nX-More: ", "and more")
        case .endlessBody(let status): return writeForEver("HTTP/1.1 \(status) Scripted\r\n\r\n", "and more\n")
        }
    }

    private func writeForEver(_ start: String, _ rest: String) -> Bool {
        guard write(Array(start.utf8)) else { return false }
        let block = Array(String(repeating: rest, count: 100).utf8)
        while write(block) {}
        return false
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        sendAll(bytes, to: connection)
    }

    /// False as soon as the client hangs up: it has nothing else to say before it is answered.
    private func waitWhileOpen(_ pause: Duration) -> Bool {
        var entry = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, Int32(pause / .milliseconds(1))) == 0
    }
}
