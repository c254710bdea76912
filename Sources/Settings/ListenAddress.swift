import Platform

/// Where to serve HTTP.
package struct ListenAddress: Sendable, Hashable {
    /// An address (IPv6 without brackets) or a name.
    ///
    /// Where none was written it is `0.0.0.0`: every IPv4 interface.
    package var host: String
    /// 0 is any free port.
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }
}

extension ListenAddress {
    package enum Fault: Sendable, Equatable {
        case noPort
        case port
        case host
        case bracket
        case bareIPv6
    }

    /// Reads `0.0.0.0:10061`, `localhost:0`, `[::]:10061` or `:10061`.
    package init(parsing text: String) throws(Complaint) {
        guard !text.isEmpty else { throw .empty(.address) }
        do throws(Fault) {
            self = try Self.parse(text)
        } catch {
            throw .listenAddress(Excerpt(text), error)
        }
    }

    private static func parse(_ text: String) throws(Fault) -> ListenAddress {
        if HostText.isIPv6(text) { throw .bareIPv6 }
        guard let colon = text.lastIndex(of: ":") else { throw .noPort }
        var host = String(text[..<colon])
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), HostText.isIPv6(String(host.dropFirst().dropLast())) else { throw .bracket }
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw .bareIPv6
        } else if host.isEmpty {
            host = "0.0.0.0"
        } else if !HostText.isNameOrIPv4(host) {
            throw .host
        }
        guard let port = HostText.port(text[text.index(after: colon)...]) else { throw .port }
        return ListenAddress(host: host, port: port)
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ListenAddress.Fault: Error, CustomStringConvertible {
    package var description: String {
        switch self {
        case .noPort: "it has no port, such as 0.0.0.0:10061 or :10061"
        case .port: "the port is a number from 0 (any free one) to 65535, such as :10061"
        case .host: "the host is neither a name nor an address, such as 0.0.0.0:10061"
        case .bracket: "an IPv6 address stands in brackets, and nothing else does, such as [::]:10061"
        case .bareIPv6: "an IPv6 address stands in brackets, such as [::]:10061"
        }
    }
}
