/// One element of a header that lists alternatives, as `text/plain;version=0.0.4;q=0.5` in `Accept`.
struct WeightedElement: Equatable {
    /// In lower case.
    let value: String
    /// Names in lower case, values without their quotes; `q` is not among them.
    let parameters: [String: String]
    /// `q` in thousandths, 0 for what the client refuses.
    let weight: Int

    /// The well-formed elements of the header; others are passed over.
    static func list(_ header: String) -> [WeightedElement] {
        header[...].parts(separatedBy: ",").compactMap(WeightedElement.init)
    }

    private init?(_ text: Substring) {
        let parts = text.parts(separatedBy: ";")
        guard let value = parts.first, !value.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        var weight = 1000
        for part in parts.dropFirst() where !part.isEmpty {
            let (name, value) = Self.parameter(part)
            guard let value else { return nil }
            if name == "q" {
                guard let given = Self.weight(value) else { return nil }
                weight = given
            } else {
                parameters[name] = value
            }
        }
        self.value = value.lowercased()
        self.parameters = parameters
        self.weight = weight
    }
}

extension WeightedElement {
    /// A name and its value, which is nil if a quotation is not closed; a name alone has the value `""`.
    private static func parameter(_ text: Substring) -> (name: String, value: String?) {
        let scalars = text.unicodeScalars
        guard let equals = scalars.firstIndex(of: "=") else { return (text.lowercased(), "") }
        let name = text[..<equals].trimmed.lowercased()
        let value = text[scalars.index(after: equals)...].trimmed
        return (name, value.unicodeScalars.first == "\"" ? unquoted(value) : String(value))
    }

    private static func unquoted(_ text: Substring) -> String? {
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.dropFirst()
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": return scalars.isEmpty ? String(result) : nil
            case "\\":
                guard let escaped = scalars.popFirst() else { return nil }
                result.append(escaped)
            default: result.append(scalar)
            }
        }
        return nil
    }

    /// RFC 9110, 12.4.2: 0 to 1 with at most three decimals.
    private static func weight(_ text: String) -> Int? {
        let digits = Array(text.utf8)
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"),
            digits.count <= 5, digits.count == 1 || digits[1] == UInt8(ascii: ".")
        else { return nil }
        var weight = Int(first - UInt8(ascii: "0")) * 1000
        for (digit, place) in zip(digits.dropFirst(2), [100, 10, 1]) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            weight += Int(digit - UInt8(ascii: "0")) * place
        }
        return weight <= 1000 ? weight : nil
    }
}
