internal import Glibc

/// Why a server could not be started; `address` is `host:port`, as asked for.
package enum HTTPServerError: Error, Equatable {
    /// The address is unknown, taken, not this machine's, or not this user's to take.
    case couldNotListen(address: String, reason: String)
    /// libmicrohttpd could not start its thread.
    case couldNotServe(address: String, reason: String)
    /// The certificate to show is not to be had.
    case noCertificate(reason: String)
}

extension HTTPServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .couldNotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        case .couldNotServe(let address, let reason): "cannot serve on \(address): \(reason)"
        case .noCertificate(let reason): "cannot serve over TLS: \(reason)"
        }
    }

    static func address(host: String, port: UInt16) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The C library's text for an errno, begun in lower case as it stands inside a sentence.
    static func text(errno code: Int32) -> String {
        inSentence(unsafe String(cString: strerror(code)))
    }

    /// The C library's text for a result of `getaddrinfo`, in the same way.
    static func text(addressLookup code: Int32) -> String {
        inSentence(unsafe String(cString: gai_strerror(code)))
    }

    private static func inSentence(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
