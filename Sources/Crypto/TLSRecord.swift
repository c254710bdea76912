/// The unit of TLS on the wire.
package enum TLSRecord {
    /// Whether the bytes, which are the first that a server has sent, can be TLS: an alert or a handshake, of SSL 3.0
    /// or later.
    ///
    /// Nothing in Redis' protocol begins so.
    package static func canBegin(with bytes: ArraySlice<UInt8>) -> Bool {
        guard let kind = bytes.first else { return true }
        return [21, 22].contains(kind) && (bytes.count < 2 || bytes[bytes.startIndex + 1] == 3)
    }
}
