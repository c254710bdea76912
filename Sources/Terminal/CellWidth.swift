/// How many cells of a terminal a text takes.
package enum CellWidth {
    package static func of(_ text: some StringProtocol) -> Int {
        // Most names are plain.
        if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// Terminals that know no more of emoji than their code points may take more for a sequence of them.
    package static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.count > 1, isPicture(scalars) { return 2 }
        return scalars.reduce(0) { $0 + of($1) }
    }

    /// Whether several code points are one picture: a flag, a family, a skin tone, an emoji that could be a letter.
    private static func isPicture(_ scalars: Character.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, first.properties.isEmoji else { return false }
        return isRegional(first)
            || scalars.contains { scalar in
                scalar.value == 0x200d || scalar.value == 0xfe0f || scalar.properties.isEmojiModifier
            }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        // Vowels and finals of Hangul join the letter before them.
        if (0x1160...0x11ff).contains(scalar.value) || (0xd7b0...0xd7ff).contains(scalar.value) { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x1100 else { return false }
        if scalar.properties.isEmojiPresentation { return !isRegional(scalar) }
        return wide.contains { $0.contains(scalar.value) }
    }

    private static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
        (0x1f1e6...0x1f1ff).contains(scalar.value)
    }

    /// What Unicode's EastAsianWidth.txt calls wide or fullwidth, emoji aside.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2329...0x232a, 0x2630...0x2637, 0x268a...0x268f, 0x2e80...0x303e, 0x3041...0x3247,
        0x3250...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f,
        0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18d08, 0x1aff0...0x1b2fb, 0x1d300...0x1d376, 0x1f200...0x1f265,
        0x20000...0x2fffd, 0x30000...0x3fffd,
    ]
}
