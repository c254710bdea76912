/// What is wrong with a document that somebody has sent.
enum DocumentFault: Error, Equatable {
    case notJSON
    case schema(Int)
    /// As in `targets[0].name`.
    case missing(key: String)
    case otherType(key: String)
}

extension DocumentFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .notJSON: "it is not JSON"
        case .schema(let schema): "its schema is \(schema)"
        case .missing(let key): "it has no \(key)"
        case .otherType(""): "it is no JSON object"
        case .otherType(let key): "its \(key) is of another type"
        }
    }
}

extension DocumentFault {
    /// What the decoder says.
    init(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: self = .missing(key: Self.text(context.codingPath + [key]))
        case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
            self = .otherType(key: Self.text(context.codingPath))
        default: self = error as? DocumentFault ?? .notJSON
        }
    }

    private static func text(_ path: [any CodingKey]) -> String {
        path.reduce("") { text, key in
            if let index = key.intValue { return "\(text)[\(index)]" }
            return (text.isEmpty ? "" : "\(text).") + snakeCase(key.stringValue)
        }
    }

    /// As the document has it.
    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            text += character.isUppercase ? "_\(character.lowercased())" : String(character)
        }
    }
}
