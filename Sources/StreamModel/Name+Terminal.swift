extension Name {
    /// The name as a terminal may be given it.
    package var terminalText: String { text.terminalText }
}

extension String {
    /// The text without control characters, nor such as change the direction of writing or are not seen: what a name or a
    /// server's words hold of these is shown as `\u{1b}`.
    package var terminalText: String {
        guard unicodeScalars.contains(where: Self.isUnfit) else { return self }
        var output = ""
        for scalar in unicodeScalars {
            if Self.isUnfit(scalar) {
                output += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
