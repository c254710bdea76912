/// The name of a stream, a group or a consumer: any bytes, as Redis allows.
///
/// Two different names are never equal, and never share a `text`.
package struct Name: Hashable, Comparable, Sendable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The name whose `text` this is; what is no escape stays as it is.
    package init(unescaping text: String) {
        var rest = Array(text.utf8)[...]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rest.count)
        while let byte = rest.first {
            let escaped = escapedByte(at: rest)
            bytes.append(escaped ?? byte)
            rest = rest.dropFirst(escaped == nil ? 1 : 4)
        }
        self.bytes = bytes
    }

}

/// As whole blocks of bytes: an array's own ways go element by element, and names are what everything is looked up by.
extension Name {
    package func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    package static func == (left: Name, right: Name) -> Bool {
        left.bytes.count == right.bytes.count && left.order(before: right) == 0
    }

    package static func < (left: Name, right: Name) -> Bool {
        let order = left.order(before: right)
        return order == 0 ? left.bytes.count < right.bytes.count : order < 0
    }

    /// Of as many bytes as both have: below 0 where this one's come before, above 0 where they come after.
    private func order(before other: Name) -> Int {
        let (mine, theirs) = unsafe (bytes.span.bytes, other.bytes.span.bytes)
        let count = min(mine.byteCount, theirs.byteCount)
        var offset = 0
        while offset + 8 <= count {
            let left = unsafe mine.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).bigEndian
            let right = unsafe theirs.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).bigEndian
            if left != right { return left < right ? -1 : 1 }
            offset += 8
        }
        while offset < count {
            if bytes[offset] != other.bytes[offset] { return bytes[offset] < other.bytes[offset] ? -1 : 1 }
            offset += 1
        }
        return 0
    }
}

extension Name: CustomStringConvertible {
    package var description: String { text }

    /// The name as valid UTF-8 without NUL, distinct for distinct names.
    ///
    /// Valid UTF-8 stays as it is. A byte that is not, and NUL (which ends the input for Prometheus' lexer), becomes
    /// `\xNN`; a backslash that already looks like the start of such an escape becomes `\x5c`, which keeps the
    /// mapping reversible. Newlines and quotes stay: escaping them is the business of each output format.
    package var text: String {
        guard let text = String(validating: bytes, as: UTF8.self), !needsEscape else { return escaped() }
        return text
    }

    /// The text as a sentence has it, in which an empty one would leave a hole.
    package var inSentence: String { bytes.isEmpty ? "\"\"" : text }

    private var needsEscape: Bool {
        bytes.indices.contains { bytes[$0] == 0 || startsEscape(at: $0) }
    }

    private func escaped() -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            let length = validSequenceLength(at: index)
            if length == 0 || bytes[index] == 0 || startsEscape(at: index) {
                appendHexEscape(of: bytes[index], to: &output)
                index += 1
            } else {
                output += bytes[index..<index + length]
                index += length
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The length of the well-formed UTF-8 sequence that starts at `index`, or 0.
    private func validSequenceLength(at index: Int) -> Int {
        let limit = min(bytes.count, index + 4)
        for end in (index + 1)..<(limit + 1) {
            guard let text = String(validating: bytes[index..<end], as: UTF8.self) else { continue }
            return text.unicodeScalars.count == 1 ? end - index : 0
        }
        return 0
    }

    private func startsEscape(at index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "\\") && escapedByte(at: bytes[index...]) != nil
    }
}

/// The byte that a `\xNN` at the start of `bytes` stands for, in digits of either case.
private func escapedByte(at bytes: ArraySlice<UInt8>) -> UInt8? {
    let start = bytes.startIndex
    guard bytes.count >= 4, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "x"),
        let high = hexDigit(bytes[start + 2]), let low = hexDigit(bytes[start + 3])
    else { return nil }
    return high << 4 | low
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

private func appendHexEscape(of byte: UInt8, to output: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    output += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 0xf)]]
}

/// As its text, also as the key of an object.
extension Name: Codable, CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        self.init(unescaping: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package init?(codingKey: some CodingKey) {
        self.init(unescaping: codingKey.stringValue)
    }

    package var codingKey: any CodingKey { Key(stringValue: text) }
}
