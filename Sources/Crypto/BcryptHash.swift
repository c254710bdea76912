import CCrypt
import CGnuTLS
import Glibc

/// A password as bcrypt keeps it.
///
/// Printing, interpolating or reflecting one shows `***`.
package struct BcryptHash: Hashable, Sendable {
    /// The highest cost that is taken: on common machines one check then takes about a second.
    package static let costLimit = 14

    /// Such as `$2y$10$` and 53 characters.
    private let text: String
    /// How much a check costs: each step up doubles it.
    package let cost: Int

    /// Reads `$2a$`, `$2b$` or `$2y$`, which are one method, with a cost of 4 to 14.
    package init(parsing text: String) throws(BcryptFault) {
        let bytes = Array(text.utf8)
        guard ["$2a$", "$2b$", "$2y$"].contains(String(text.prefix(4))) else { throw .notBcrypt }
        guard bytes.count > 6, bytes[4...5].allSatisfy({ (0x30...0x39).contains($0) }), bytes[6] == UInt8(ascii: "$"),
            let cost = Int(String(decoding: bytes[4...5], as: UTF8.self)), (4...31).contains(cost)
        else { throw .cost }
        guard cost <= Self.costLimit else { throw .tooDear(cost: cost, most: Self.costLimit) }
        guard bytes.count == 60 else { throw .length }
        guard bytes[7...].allSatisfy(Self.isDigit) else { throw .character }
        self.text = text
        self.cost = cost
    }

    /// A hash that no password is known for, to be as slow about a user who is not there.
    package init(ofNothing cost: Int) {
        self.cost = min(max(4, cost), Self.costLimit)
        text = "$2b$\(self.cost < 10 ? "0" : "")\(self.cost)$" + String(repeating: ".", count: 53)
    }

    /// Whether it is the password's: blocks for milliseconds at a cost of 4, for a second at 14.
    package func matches(_ password: [UInt8]) -> Bool {
        // To C it would be the password up to there.
        guard !password.contains(0) else { return false }
        // libcrypt takes $2a$ for the method of a flawed program where a password is not ASCII; Go, which the format is
        // from, takes all three for one.
        let setting = "$2b$" + text.dropFirst(4)
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        // Some 32 KiB, and on demand: checks are rare.
        var memory: UnsafeMutableRawPointer?
        var size: Int32 = 0
        let result = unsafe crypt_ra(phrase, setting, &memory, &size)
        defer {
            if let memory = unsafe memory { unsafe explicit_bzero(memory, Int(size)) }
            unsafe free(memory)
        }
        guard let result = unsafe result else { return false }
        let expected = Array(setting.utf8)
        guard unsafe strlen(result) == expected.count else { return false }
        return unsafe gnutls_memcmp(result, expected, expected.count) == 0
    }

    /// The whole hash, for a key that keeps results apart.
    package var bytes: [UInt8] { Array(text.utf8) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: ".")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension BcryptHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
