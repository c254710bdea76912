/// How a chat is told that text is to be taken as it is.
enum Markup {
    /// Slack's mrkdwn, where `<!channel>` calls people; no more than `&`, `<` and `>` can be escaped.
    case slack
    case discord

    /// The text in at most `limit` UTF-16 code units; where something had to be cut off, it ends in `…`.
    func text(_ raw: String, limit: Int) -> String {
        raw.clipped(to: limit, escaped)
    }

    /// Text to be copied, such as a command, as a block of code.
    func code(_ raw: String, limit: Int) -> String {
        let (start, end) = ("```\n", "\n```")
        let room = limit - start.utf8.count - end.utf8.count
        // A backtick in a block cannot be escaped: what could end it stays text.
        guard room > 0, !raw.utf8.contains(UInt8(ascii: "`")) else { return text(raw, limit: limit) }
        return switch self {
        case .slack: start + raw.clipped(to: room, escaped) + end
        case .discord: start + raw.clipped(to: room) + end
        }
    }

    /// A link, which is as long as it is: cut, it would be another.
    func link(to url: String, label: String) -> String {
        let url = Self.percentEncoded(url)
        return switch self {
        case .slack: "<\(url.unicodeScalars.map(escaped).joined())|\(label)>"
        case .discord: "[\(label)](\(url))"
        }
    }

    /// The URL without what could end it in any markup.
    static func percentEncoded(_ url: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return url.utf8.reduce(into: "") { output, byte in
            let scalar = UnicodeScalar(byte)
            if (0x21...0x7e).contains(byte), !"\"()<>\\`|".unicodeScalars.contains(scalar) {
                output.unicodeScalars.append(scalar)
            } else {
                output += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 0xf)])"
            }
        }
    }

    private func escaped(_ scalar: Unicode.Scalar) -> String {
        switch self {
        case .slack:
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: scalar.visible
            }
        case .discord:
            "\\*_~`|<>#[]():@".unicodeScalars.contains(scalar) ? "\\\(scalar)" : scalar.visible
        }
    }
}
