internal import Glibc
internal import Synchronization

/// A scripted receiver of HTTP requests on a loopback port, that records each and answers it as a test says.
///
/// A connection is served by a thread of its own, request after request, until its client or `stop` ends it.
package final class WebhookReceiver: Sendable {
    private final class Desk: Sendable {
        let answer: @Sendable (RecordedRequest) -> WebhookAnswer
        let requests = Mutex<[RecordedRequest]>([])
        let connections = Mutex<Connections>(Connections())

        init(_ answer: @escaping @Sendable (RecordedRequest) -> WebhookAnswer) {
            self.answer = answer
        }
    }

    private struct Connections {
        var made = 0
        var open: Set<Int32> = []
        var isStopped = false
    }

    private let listener: LoopbackListener
    private let desk: Desk
    private let read = Mutex(0)

    /// `answer` is called for each request, on the thread of its connection; `port` is 0 for any that is free.
    package init(
        port: UInt16 = 0, _ answer: @escaping @Sendable (RecordedRequest) -> WebhookAnswer = { _ in .reply() }
    ) throws(TestFailure) {
        listener = try LoopbackListener(port: port, again: true, backlog: 1024)
        desk = Desk(answer)
        let (listener, desk) = (listener, desk)
        BackgroundThread.start {
            while let connection = listener.accept() {
                let number: Int? = desk.connections.withLock { connections in
                    guard !connections.isStopped else { return nil }
                    connections.made += 1
                    connections.open.insert(connection)
                    return connections.made
                }
                guard let number else {
                    close(connection)
                    return
                }
                BackgroundThread.start { Self.serve(connection, number, desk) }
            }
        }
    }

    deinit {
        stop()
    }

    /// Hangs up on everybody, and takes no more calls.
    package func stop() {
        listener.stop()
        desk.connections.withLock { connections in
            connections.isStopped = true
            connections.open.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) }
        }
    }

    package var port: UInt16 { listener.port }

    package func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// All that have come so far, in the order in which they came.
    package var requests: [RecordedRequest] { desk.requests.withLock(\.self) }

    /// How many connections have been made to it so far.
    package var connectionCount: Int { desk.connections.withLock(\.made) }

    package var openConnectionCount: Int { desk.connections.withLock(\.open.count) }

    /// Waits until there are as many requests, and gives all that there are.
    @discardableResult
    package func waitFor(_ count: Int, within limit: Duration = .seconds(10)) async throws -> [RecordedRequest] {
        try await eventually(within: limit, { requests }, until: { $0.count >= count })
    }

    /// Waits for the first request that this has not given before.
    package func nextRequest(within limit: Duration = .seconds(10)) async throws -> RecordedRequest {
        let index = read.withLock { read in
            defer { read += 1 }
            return read
        }
        return try await waitFor(index + 1, within: limit)[index]
    }

    private static func serve(_ connection: Int32, _ number: Int, _ desk: Desk) {
        var requests = HTTPRequestParser()
        var block = [UInt8](repeating: 0, count: 16 * 1024)
        let wire = WebhookWire(connection)
        reading: while true {
            let count = unsafe recv(connection, &block, block.count, 0)
            guard count > 0 else { break }
            requests.feed(block.prefix(count))
            while let next = requests.next() {
                let request = RecordedRequest(
                    method: next.method, path: next.path, headers: next.headers, body: next.body, time: .now,
                    connection: number)
                desk.requests.withLock { $0.append(request) }
                guard wire.carryOut(desk.answer(request)) else { break reading }
            }
        }
        desk.connections.withLock { connections in
            connections.open.remove(connection)
            close(connection)
        }
    }
}
