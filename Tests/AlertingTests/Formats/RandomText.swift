import TestSupport

/// Texts such as names that come from outside can have.
enum RandomText {
    private static let pieces: [Unicode.Scalar] = [
        "\0", "\u{1}", "\u{8}", "\t", "\n", "\r", "\u{1B}", "\u{1F}", "\"", "\\", "/", "'", "&", "<", ">", "|", "@",
        "*",
        "_", "~", "`", "#", "[", "]", "(", ")", ":", "{", "}", ",", " ", "a", "u", "0", "\u{7F}", "\u{85}", "é",
        "\u{301}", "\u{200D}", "\u{202E}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "\u{1F469}",
        "\u{1F1E9}", "\u{10FFFF}",
    ]

    static func next(upTo limit: Int, _ generator: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...limit, using: &generator) {
            text.unicodeScalars.append(pieces.randomElement(using: &generator) ?? "a")
        }
        return text
    }
}
