internal import Glibc

/// A socket that listens on a free loopback port.
package final class LoopbackListener: Sendable {
    package let port: UInt16
    private let descriptor: Int32

    /// Below those that the system gives to whoever asks for none: it would give them away again at once.
    private static let ports = PortSequence(25_000..<32_000)
    /// The bus of a cluster's server is on another port, which cannot be chosen before Redis 7.0.
    private static let busDistance: UInt16 = 10_000
    /// With the buses, apart from the others.
    private static let clusterPorts = PortSequence(10_000..<15_000)

    /// Listens on `port`, 0 for any that is free; `again`: also where connections to it have just been closed.
    package init(port wanted: UInt16 = 0, again: Bool = false, backlog: Int32 = 16) throws(TestFailure) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var reuses: Int32 = again ? 1 : 0
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = wanted.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, size) == 0 && listen(descriptor, backlog) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isListening else { throw .system(call: "listen", errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// A port where nobody listens, and where a server can.
    package static func unusedPort() throws(TestFailure) -> UInt16 {
        try first(of: ports, isUnused)
    }

    /// One where a server of a cluster can, whose bus listens too.
    static func unusedClusterPort() throws(TestFailure) -> UInt16 {
        try first(of: clusterPorts) { isUnused($0) && isUnused($0 + busDistance) }
    }

    private static func first(
        of ports: PortSequence, _ isFit: (UInt16) -> Bool
    ) throws(TestFailure) -> UInt16 {
        for _ in 0..<100 {
            let port = ports.next()
            if isFit(port) { return port }
        }
        throw .system(call: "bind", errno: EADDRINUSE)
    }

    private static func isUnused(_ port: UInt16) -> Bool { (try? LoopbackListener(port: port)) != nil }

    /// Waits for the next connection; nil once `stop` was called.
    func accept() -> Int32? {
        let connection = Glibc.accept(descriptor, nil, nil)
        return connection < 0 ? nil : connection
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
