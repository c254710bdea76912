internal import Glibc

/// One connection to a server on a loopback address, over which a test sends whatever bytes it likes.
package final class HTTPClient {
    /// The socket, for whoever speaks something else over it; it is closed with this object.
    package let descriptor: Int32
    private var received: [UInt8] = []

    package init(port: UInt16) throws(HTTPClientError) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe connect(
                descriptor, UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard result == 0 else { throw .couldNotConnect(errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// One request on a connection of its own.
    package static func request(
        _ method: String = "GET", _ target: String, headers: [String] = [], body: [UInt8]? = nil, port: UInt16
    ) throws(HTTPClientError) -> HTTPReply {
        let client = try HTTPClient(port: port)
        try client.send(method, target, headers: headers, body: body)
        return try client.receive(toHEAD: method == "HEAD")
    }

    package func send(
        _ method: String = "GET", _ target: String, headers: [String] = [], body: [UInt8]? = nil
    ) throws(HTTPClientError) {
        let length = body.map { ["Content-Length: \($0.count)"] } ?? []
        let lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers + length + ["", ""]
        try send(Array(lines.joined(separator: "\r\n").utf8) + (body ?? []))
    }

    package func send(_ bytes: [UInt8]) throws(HTTPClientError) {
        guard sendAll(bytes, to: descriptor) else { throw .couldNotSend(errno: errno) }
    }

    /// The next response; one to a HEAD request has no body, whatever its Content-Length.
    package func receive(toHEAD: Bool = false) throws(HTTPClientError) -> HTTPReply {
        let end = Array("\r\n\r\n".utf8)
        var searched = 0
        var headerEnd: Int?
        while headerEnd == nil {
            let last = received.count - end.count
            while headerEnd == nil, searched <= last {
                if received[searched..<searched + end.count].elementsEqual(end) { headerEnd = searched }
                searched += 1
            }
            if headerEnd == nil { try receiveMore() }
        }
        let headerLength = headerEnd ?? 0
        let text = String(decoding: received.prefix(headerLength), as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines.first?.split(separator: " ") ?? []
        guard statusLine.count >= 2, let status = Int(statusLine[1]) else { throw .malformed(text) }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: String(parts.first ?? ""), value: String((parts.count > 1 ? parts[1] : "").drop { $0 == " " })
            )
        }
        received.removeFirst(headerLength + end.count)

        if headers.contains(where: { $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked" }) {
            return HTTPReply(status: status, headers: headers, body: try receiveChunks())
        }
        let announced = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        let length = toHEAD ? 0 : announced ?? 0
        while received.count < length { try receiveMore() }
        let body = Array(received.prefix(length))
        received.removeFirst(length)
        return HTTPReply(status: status, headers: headers, body: body)
    }

    /// A body in chunks, each after its length in hexadecimal digits; the last is empty.
    private func receiveChunks() throws(HTTPClientError) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while !received.contains(UInt8(ascii: "\n")) { try receiveMore() }
            let line = received.prefix { $0 != UInt8(ascii: "\n") }
            let digits = String(decoding: line.dropLast(), as: UTF8.self)
            guard let size = Int(digits, radix: 16) else { throw .malformed(digits) }
            received.removeFirst(line.count + 1)
            while received.count < size + 2 { try receiveMore() }
            guard size > 0 else {
                received.removeFirst(2)
                return body
            }
            body += received.prefix(size)
            received.removeFirst(size + 2)
        }
    }

    /// Whether the server closes the connection, within ten seconds, without sending anything more.
    package func isClosedByServer() -> Bool {
        guard received.isEmpty else { return false }
        var byte: UInt8 = 0
        let count = unsafe recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    /// Reads at most so many bytes, which are gone; nil where the connection has ended, or nothing comes for ten seconds.
    package func receiveSome(_ limit: Int) -> Int? {
        var block = [UInt8](repeating: 0, count: limit)
        let count = unsafe recv(descriptor, &block, block.count, 0)
        return count > 0 ? count : nil
    }

    /// Whether there is something to read, or will be within the time given.
    package func hasInput(withinMilliseconds milliseconds: Int32 = 0) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    private func receiveMore() throws(HTTPClientError) {
        var block = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(descriptor, &block, block.count, 0)
        guard count > 0 else { throw .incomplete(received: String(decoding: received.prefix(2000), as: UTF8.self)) }
        received += block.prefix(count)
    }
}
