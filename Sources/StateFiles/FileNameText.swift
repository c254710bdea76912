/// Any text as a file's name: distinct for distinct texts, the same in every run, and short enough for any file system.
enum FileNameText {
    private static let limit = 160
    private static let keptOfLong = 120

    /// ASCII letters, digits, `.`, `_` and `-` as they are, all else as `%XX`; at most 160 bytes, never a dot first.
    ///
    /// Of what would be longer the start is kept, and a hash of the whole follows after `~`, which no other has.
    static func encoded(_ text: String) -> String {
        var name: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte), !(name.isEmpty && byte == UInt8(ascii: ".")) {
                name.append(byte)
            } else {
                name += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 0xF)]
            }
        }
        guard name.count > limit else { return String(decoding: name, as: UTF8.self) }
        return String(decoding: name.prefix(keptOfLong), as: UTF8.self) + "~" + hash(of: text)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// FNV-1a of 128 bits in 32 digits: Swift's own hashes differ from run to run.
    private static func hash(of text: String) -> String {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in text.utf8 {
            hash = (hash ^ UInt128(byte)) &* 0x0100_0000_0000_0000_0000_013B
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }
}
