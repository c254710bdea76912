/// Reads one line of a sample: `name{label="value",…} value`.
struct SampleReader {
    private var rest: ArraySlice<UInt8>

    init(_ line: String) {
        rest = Array(line.utf8)[...]
    }

    /// Nil where anything is not as it must be, also where something follows the value.
    mutating func sample() -> ParsedPage.Sample? {
        guard let name = take(until: ["{", " "]), isMetricName(name) else { return nil }
        var labels: [ParsedPage.Label] = []
        if take("{") {
            repeat {
                guard let label = label() else { return nil }
                labels.append(label)
            } while take(",")
            guard take("}") else { return nil }
        }
        guard take(" ") else { return nil }
        let value = String(decoding: rest, as: UTF8.self)
        guard value == "+Inf" || value.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?/) != nil else { return nil }
        return ParsedPage.Sample(name: name, labels: labels, value: value)
    }

    private mutating func label() -> ParsedPage.Label? {
        guard let name = take(until: ["="]), isMetricName(name), take("="), take("\"") else { return nil }
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return ParsedPage.Label(name: name, value: value)
            case UInt8(ascii: "\\"):
                switch rest.popFirst() {
                case UInt8(ascii: "\\"): value.append(UInt8(ascii: "\\"))
                case UInt8(ascii: "\""): value.append(UInt8(ascii: "\""))
                case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
                default: return nil
                }
            default: value.append(byte)
            }
        }
        return nil
    }

    private mutating func take(_ scalar: UnicodeScalar) -> Bool {
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func take(until scalars: [UnicodeScalar]) -> String? {
        guard let end = rest.firstIndex(where: { byte in scalars.contains { UInt8(ascii: $0) == byte } }) else {
            return nil
        }
        defer { rest = rest[end...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
