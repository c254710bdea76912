/// What was written, as far as a message may show it: nothing that might be a URL or hold a password.
package struct Excerpt: Sendable, Equatable {
    /// Nil where the text is kept back.
    package let text: String?

    package init(_ text: String) {
        let isPlain = text.unicodeScalars.count <= 60 && text.unicodeScalars.allSatisfy(Self.isPlain)
        self.text = isPlain && !text.contains("://") ? text : nil
    }

    /// Neither the @ of a URL nor what would break or hide a part of the message's line.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: scalar != "@"
        }
    }
}

extension Excerpt: CustomStringConvertible {
    package var description: String { text.map { "\"\($0)\"" } ?? "the value" }
}
