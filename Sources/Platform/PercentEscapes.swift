/// The `%20` of a URL.
package enum PercentEscapes {
    /// What the text stands for, in which an escape that is malformed stands for itself, and whether there is none.
    package static func decode(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isWellFormed: Bool) {
        var (bytes, isWellFormed): ([UInt8], Bool) = ([], true)
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap(hexDigit)
            if digits.count == 2 {
                bytes.append(digits[0] << 4 | digits[1])
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
                isWellFormed = false
            }
        }
        return (bytes, isWellFormed)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
