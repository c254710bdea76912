import Glibc

/// Free ports on 127.0.0.1.
///
/// A port is free when it is asked for: somebody else may take it the next moment.
package enum LoopbackPort {
    /// `taken`: by somebody who may not have bound it yet.
    package static func anyFree(besides taken: UInt16? = nil) -> UInt16? {
        for _ in 0..<10 {
            guard let port = bound(to: 0) else { return nil }
            if port != taken { return port }
        }
        return nil
    }

    package static func isFree(_ port: UInt16) -> Bool {
        bound(to: port) != nil
    }

    /// Binds to the port, 0 for any, says which it was, and lets it go.
    private static func bound(to port: UInt16) -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A port with old connections in TIME_WAIT is free all the same.
        var yes: Int32 = 1
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
            }
        }
        return isBound ? UInt16(bigEndian: address.sin_port) : nil
    }
}
