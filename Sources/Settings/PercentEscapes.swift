/// The `%20` of a URL.
enum PercentEscapes {
    static func decode(_ bytes: ArraySlice<UInt8>) throws(RedisURLFault) -> [UInt8] {
        var output: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                output.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                throw .percentEscape
            }
            output.append(high << 4 | low)
        }
        return output
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
