internal import Glibc

/// A TCP socket that listens.
///
/// It is made here, not by libmicrohttpd, which says of a failure only that there was one.
struct ListeningSocket: ~Copyable, Sendable {
    private let descriptor: Int32
    let port: UInt16

    /// Listens on `host`: an address, a name, or `""` for every address of this machine; port 0 takes any free port.
    init(host: String, port: UInt16) throws(HTTPServerError) {
        let address = HTTPServerError.address(host: host, port: port)
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let lookup = unsafe getaddrinfo(host.isEmpty ? nil : host, String(port), &hints, &found)
        guard lookup == 0 else {
            let reason =
                lookup == EAI_SYSTEM
                ? HTTPServerError.text(errno: errno) : HTTPServerError.text(addressLookup: lookup)
            throw .couldNotListen(address: address, reason: reason)
        }
        defer { unsafe freeaddrinfo(found) }

        // A name such as localhost means the IPv4 address to most clients. Without a host, the IPv6 socket comes first
        // as it takes the connections of both families.
        let families = host.isEmpty ? [AF_INET6, AF_INET] : [AF_INET, AF_INET6]
        var failure = EADDRNOTAVAIL
        for family in families {
            var next = unsafe found
            while let candidate = unsafe next {
                unsafe next = candidate.pointee.ai_next
                guard unsafe candidate.pointee.ai_family == family else { continue }
                switch unsafe Self.listen(on: candidate.pointee) {
                case .success(let listening):
                    (descriptor, self.port) = listening
                    return
                case .failure(let code): failure = code.value
                }
                // Only a family this machine does not have sends us to the next address: to pass over one that is taken
                // would serve half of what was asked for.
                guard failure == EAFNOSUPPORT || failure == EADDRNOTAVAIL else {
                    throw .couldNotListen(address: address, reason: HTTPServerError.text(errno: failure))
                }
            }
        }
        throw .couldNotListen(address: address, reason: HTTPServerError.text(errno: failure))
    }

    private init(descriptor: Int32, port: UInt16) {
        self.descriptor = descriptor
        self.port = port
    }

    deinit {
        close(descriptor)
    }

    /// The same socket once more: the port stays taken until both are closed.
    func duplicate() throws(HTTPServerError) -> ListeningSocket {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else {
            throw .couldNotServe(
                address: HTTPServerError.address(host: "", port: port), reason: HTTPServerError.text(errno: errno))
        }
        return ListeningSocket(descriptor: copy, port: port)
    }

    /// Gives the descriptor up to an owner that will close it.
    consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}

extension ListeningSocket {
    private struct ErrorNumber: Error {
        let value: Int32
    }

    private static func listen(on candidate: addrinfo) -> Result<(Int32, UInt16), ErrorNumber> {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = unsafe socket(candidate.ai_family, type, candidate.ai_protocol)
        guard descriptor >= 0 else { return .failure(ErrorNumber(value: errno)) }

        setOption(SO_REUSEADDR, of: SOL_SOCKET, to: 1, on: descriptor)
        if unsafe candidate.ai_family == AF_INET6 {
            setOption(IPV6_V6ONLY, of: Int32(IPPROTO_IPV6), to: 0, on: descriptor)
        }
        guard unsafe bind(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0,
            Glibc.listen(descriptor, SOMAXCONN) == 0, let port = boundPort(of: descriptor)
        else {
            let code = errno
            close(descriptor)
            return .failure(ErrorNumber(value: code))
        }
        return .success((descriptor, port))
    }

    private static func setOption(_ option: Int32, of level: Int32, to value: Int32, on descriptor: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func boundPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { storage in
            let generic = UnsafeMutableRawPointer(storage)
            guard unsafe getsockname(descriptor, generic.assumingMemoryBound(to: sockaddr.self), &length) == 0 else {
                return nil
            }
            // The port lies at the same place, in network byte order, in the addresses of both families.
            let offset = MemoryLayout<sockaddr_in>.offset(of: \.sin_port) ?? 2
            return unsafe UInt16(bigEndian: generic.load(fromByteOffset: offset, as: UInt16.self))
        }
    }
}
