/// The part of a cluster that a key is in: 0 to 16383.
///
/// As the Redis Cluster specification has it: CRC16 (CCITT, as XModem uses it) of the key, or of its hash tag alone.
package struct KeySlot: Hashable, Sendable {
    package let number: UInt16

    package init(of key: Name) {
        self.init(hashing: Self.tag(in: key.bytes[...]) ?? key.bytes[...])
    }

    /// The slot of all keys that match; nil where they may be in several.
    package init?(ofAllMatching pattern: Glob) {
        if let name = pattern.exactName {
            self.init(of: name)
        } else if let tag = Self.tag(in: pattern.literalPrefix) {
            self.init(hashing: tag)
        } else {
            return nil
        }
    }

    private init(hashing bytes: ArraySlice<UInt8>) {
        number = Self.checksum(bytes) % 16_384
    }

    /// What is between the first `{` and the first `}` after it, unless that is nothing.
    private static func tag(in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let opening = bytes.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        let rest = bytes[(opening + 1)...]
        guard let closing = rest.firstIndex(of: UInt8(ascii: "}")), closing > rest.startIndex else { return nil }
        return rest[..<closing]
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(0) { checksum, byte in
            (0..<8).reduce(checksum ^ UInt16(byte) << 8) { rest, _ in
                rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021
            }
        }
    }
}

extension KeySlot: CustomStringConvertible {
    package var description: String { "\(number)" }
}
