import CGnuTLS

/// Keyed hashes by GnuTLS.
package enum HMAC {
    /// HMAC-SHA256 of the message: 32 bytes.
    package static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        // It fails only for an algorithm that the library does not have, and every GnuTLS has this one.
        _ = unsafe key.withUnsafeBytes { key in
            unsafe message.withUnsafeBytes { message in
                unsafe gnutls_hmac_fast(
                    GNUTLS_MAC_SHA256, key.baseAddress, key.count, message.baseAddress, message.count, &digest)
            }
        }
        return digest
    }
}
