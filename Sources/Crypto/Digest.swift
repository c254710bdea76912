import CGnuTLS

/// The hash by which Redis names its scripts: no protection of anything.
package enum SHA1 {
    /// The hash of the message, 20 bytes; nil where GnuTLS may not make it, as under a strict policy of the system.
    package static func digest(of message: [UInt8]) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: 20)
        let result = unsafe message.withUnsafeBytes { message in
            unsafe gnutls_hash_fast(GNUTLS_DIG_SHA1, message.baseAddress, message.count, &digest)
        }
        return result == 0 ? digest : nil
    }
}
