extension Name {
    /// As redis-cli takes it for an argument: in quotes, with escapes for what is not printed, unless it is plain.
    package var quoted: String {
        let isPlain =
            !bytes.isEmpty
            && bytes.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
            && !bytes.contains(UInt8(ascii: "\\"))
        if isPlain { return text }
        return "\"\(bytes.map(Self.escaped).joined())\""
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return "\\" + String(UnicodeScalar(byte))
        case 0x20...0x7e: return String(UnicodeScalar(byte))
        default:
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
    }
}
