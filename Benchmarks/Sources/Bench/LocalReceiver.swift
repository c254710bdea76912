import Glibc
import Synchronization

/// Takes every request on a loopback port, and notes when it had the whole of it.
final class LocalReceiver: Sendable {
    let port: UInt16
    private let times = Mutex<[ContinuousClock.Instant]>([])

    /// Nil where no socket can be had.
    init?() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { return nil }
        port = UInt16(bigEndian: address.sin_port)
        Self.startThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                self?.serve(connection)
            }
        }
    }

    var count: Int { times.withLock(\.count) }

    var last: ContinuousClock.Instant? { times.withLock(\.last) }

    /// A request ends with the brace of its body, which comes in one piece with what is before it or alone.
    private func serve(_ connection: Int32) {
        var block = [UInt8](repeating: 0, count: 256 * 1024)
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
        while true {
            let received = unsafe recv(connection, &block, block.count, 0)
            guard received > 0 else { break }
            guard block[received - 1] == UInt8(ascii: "}") else { continue }
            times.withLock { $0.append(.now) }
            _ = unsafe send(connection, answer, answer.count, 0)
        }
        close(connection)
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) {
        final class Box {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
        _ = unsafe pthread_create(
            &thread, nil,
            { opaque in
                guard let opaque = unsafe opaque else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(opaque).takeRetainedValue().body()
                return nil
            }, box)
    }
}
