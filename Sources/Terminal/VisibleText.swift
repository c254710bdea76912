/// Text from outside, made safe for a terminal: it moves no cursor, changes no colour, hides and reorders nothing.
package enum VisibleText {
    /// What cannot be shown as itself becomes the `\xNN` of its bytes in UTF-8, as in `Name.text`.
    package static func escaping(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
        let scalars = Array(text.unicodeScalars)
        var output = ""
        for (index, scalar) in scalars.enumerated() {
            if isShown(at: index, of: scalars) {
                output.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    output += (byte < 0x10 ? "\\x0" : "\\x") + String(byte, radix: 16)
                }
            }
        }
        return output
    }

    private static func isShown(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
        let properties = scalars[index].properties
        switch properties.generalCategory {
        // Of what is not assigned yet nobody knows how wide it is.
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        case .format: return isPartOfPicture(at: index, of: scalars)
        default: return !properties.isDefaultIgnorableCodePoint || isPartOfPicture(at: index, of: scalars)
        }
    }

    /// Whether it is one of those invisible code points that make one emoji out of several, and stands where it does.
    private static func isPartOfPicture(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
        guard index > 0 else { return false }
        let before = scalars[index - 1]
        let after = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalars[index].value {
        case 0xfe0e, 0xfe0f: return isPicture(before) || before.properties.isEmoji && after?.value == 0x20e3
        case 0x200d: return (isPicture(before) || before.value == 0xfe0f) && after.map(isPicture) == true
        default: return false
        }
    }

    /// Digits are emoji, too, as parts of keys.
    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 && scalar.properties.isEmoji
    }
}
