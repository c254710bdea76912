/// A version of TLS, by the name that Prometheus' web configuration gives it.
package enum TLSVersion: String, CaseIterable, Comparable, Sendable {
    case tls10 = "TLS10"
    case tls11 = "TLS11"
    case tls12 = "TLS12"
    case tls13 = "TLS13"

    package static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }

    /// These versions and no other, as GnuTLS' priority strings have it, the greatest first.
    static func priorities(from least: TLSVersion, to greatest: TLSVersion) -> [String] {
        ["-VERS-ALL"]
            + allCases.reversed().filter { least <= $0 && $0 <= greatest }.map { "+\($0.priority)" }
    }

    /// As GnuTLS' priority strings have it.
    private var priority: String {
        switch self {
        case .tls10: "VERS-TLS1.0"
        case .tls11: "VERS-TLS1.1"
        case .tls12: "VERS-TLS1.2"
        case .tls13: "VERS-TLS1.3"
        }
    }
}

extension TLSVersion: CustomStringConvertible {
    /// `TLS 1.2`.
    package var description: String { "TLS \(priority.dropFirst("VERS-TLS".count))" }
}
