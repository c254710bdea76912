internal import Glibc
internal import Synchronization

/// A scripted server on a loopback port, for what real ones will not do on demand.
///
/// It answers the commands of a connection in turn, and writes each answer out before it reads on.
package final class FakeRedis: Sendable {
    private final class Desk: Sendable {
        let answer: @Sendable ([String]) -> FakeAnswer
        let commands = Mutex<[[String]]>([])
        let connections = Mutex<Set<Int32>>([])

        init(_ answer: @escaping @Sendable ([String]) -> FakeAnswer) {
            self.answer = answer
        }
    }

    private let listener: LoopbackListener
    private let desk: Desk

    /// `answer` says what is done about a command, given as its words.
    package init(_ answer: @escaping @Sendable ([String]) -> FakeAnswer) throws {
        listener = try LoopbackListener()
        desk = Desk(answer)
        let (listener, desk) = (listener, desk)
        BackgroundThread.start {
            while let connection = listener.accept() {
                _ = desk.connections.withLock { $0.insert(connection) }
                BackgroundThread.start { Self.serve(connection, desk) }
            }
        }
    }

    deinit {
        stop()
    }

    /// Hangs up on everybody, and takes no more calls.
    package func stop() {
        listener.stop()
        desk.connections.withLock { $0.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) } }
    }

    package var port: UInt16 { listener.port }

    /// The commands received so far, on all connections.
    package var commands: [[String]] { desk.commands.withLock(\.self) }

    private static func serve(_ connection: Int32, _ desk: Desk) {
        // Small, so that whoever sends without reading is soon stuck.
        var size: Int32 = 32 * 1024
        for option in [SO_SNDBUF, SO_RCVBUF] {
            _ = unsafe setsockopt(connection, SOL_SOCKET, option, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // Else the second answer of a pipeline waits until the first is acknowledged.
        var isPrompt: Int32 = 1
        _ = unsafe setsockopt(
            connection, Int32(IPPROTO_TCP), TCP_NODELAY, &isPrompt, socklen_t(MemoryLayout<Int32>.size))
        var requests = RequestParser()
        var block = [UInt8](repeating: 0, count: 16 * 1024)
        var isSilent = false
        reading: while true {
            let count = unsafe recv(connection, &block, block.count, 0)
            guard count > 0 else { break }
            requests.feed(block.prefix(count))
            while let command = requests.next() {
                desk.commands.withLock { $0.append(command) }
                guard !isSilent else { continue }
                switch desk.answer(command) {
                case .bytes(let bytes):
                    guard sendAll(bytes, to: connection) else { break reading }
                case .trickle(let bytes, let pause):
                    for byte in bytes {
                        guard sendAll([byte], to: connection) else { break reading }
                        usleep(UInt32(pause / .microseconds(1)))
                    }
                case .bytesThenHangUp(let bytes):
                    _ = sendAll(bytes, to: connection)
                    break reading
                case .silence:
                    isSilent = true
                }
            }
        }
        desk.connections.withLock { connections in
            connections.remove(connection)
            close(connection)
        }
    }
}
