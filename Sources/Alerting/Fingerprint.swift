/// The number by which Alertmanager knows a set of labels: FNV-1a of 64 bits over names and values in order, each followed
/// by a byte that no text has.
package enum Fingerprint {
    /// 16 hexadecimal digits.
    package static func text(of labels: [String: String]) -> String {
        let digits = String(number(of: labels), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    static func number(of labels: [String: String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
            for text in [name, value] {
                for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
                hash = (hash ^ 0xff) &* 0x0000_0100_0000_01b3
            }
        }
        return hash
    }
}
