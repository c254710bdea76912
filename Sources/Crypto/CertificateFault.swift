import Glibc

/// Why a server's certificate is not to be trusted.
package enum CertificateFault: Equatable, Sendable {
    /// Its authority is not among those in the file; nil: not among the system's.
    case unknownAuthority(String, file: String?)
    /// In seconds since the Unix epoch; nil: not its own certificate has expired, but an authority's.
    case expired(at: Int?)
    /// In seconds since the Unix epoch; nil: not its own certificate, but an authority's.
    case notYetValid(before: Int?)
    case revoked
    case wrongName(expected: String, names: [String])
    /// Its authority has made it for something else, such as for clients.
    case notForServers
    /// In GnuTLS' words.
    case other(String)
}

extension CertificateFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownAuthority(let authority, let file?): "it is signed by \(authority), which is not in \(file)"
        case .unknownAuthority(let authority, nil):
            "it is signed by \(authority), which is not among the system's authorities"
        case .expired(let time?): "it expired on \(Self.date(time))"
        case .expired(nil): "an authority's certificate has expired"
        case .notYetValid(let time?): "it is not valid before \(Self.date(time))"
        case .notYetValid(nil): "an authority's certificate is not valid yet"
        case .revoked: "it has been revoked"
        case .wrongName(let expected, let names):
            names.isEmpty
                ? "it is for no name, and not for \(expected)"
                : "it is for \(names.joined(separator: ", ")), not for \(expected)"
        case .notForServers: "it is not for servers"
        case .other(let text): text
        }
    }

    private static func date(_ seconds: Int) -> String {
        var (time, parts) = unsafe (time_t(seconds), tm())
        var text = [UInt8](repeating: 0, count: 64)
        let count = unsafe text.withUnsafeMutableBytes { buffer in
            unsafe gmtime_r(&time, &parts)
            // Later versions of glibc take no nil.
            guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
            return unsafe strftime(start, buffer.count, "%Y-%m-%d %H:%M:%S UTC", &parts)
        }
        return String(decoding: text.prefix(count), as: UTF8.self)
    }
}
