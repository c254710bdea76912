import CGnuTLS

/// Hashes without a key, by GnuTLS; nil where it may not make them, as SHA-1 under a strict policy of the system.
package enum Digest {
    /// The hash by which Redis names its scripts, 20 bytes: no protection of anything.
    package static func sha1(_ message: [UInt8]) -> [UInt8]? {
        digest(of: message, by: GNUTLS_DIG_SHA1, length: 20)
    }

    /// 32 bytes.
    package static func sha256(_ message: [UInt8]) -> [UInt8]? {
        digest(of: message, by: GNUTLS_DIG_SHA256, length: 32)
    }

    private static func digest(
        of message: [UInt8], by algorithm: gnutls_digest_algorithm_t, length: Int
    ) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: length)
        let result = unsafe message.withUnsafeBytes { message in
            unsafe gnutls_hash_fast(algorithm, message.baseAddress, message.count, &digest)
        }
        return result == 0 ? digest : nil
    }
}
