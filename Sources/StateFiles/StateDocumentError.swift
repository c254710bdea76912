package import Platform

/// Why bytes are not the document that they should be, or content cannot become one.
package enum StateDocumentError: Error, Equatable, Sendable {
    case notJSON
    case otherKind(found: Excerpt, expected: String)
    case otherVersion(found: Int, known: Int)
    /// JSON, but not this content.
    case notContent(place: String, reason: String)
    case cannotEncode(place: String, reason: String)

    package init(reading error: any Error) {
        switch error {
        case let error as StateDocumentError:
            self = error
        case DecodingError.keyNotFound(let key, let context):
            self = .notContent(place: Self.place(context.codingPath + [key]), reason: "it is not there")
        case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty:
            self = .notJSON
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            self = .notContent(
                place: Self.place(context.codingPath), reason: Self.shortened(context.debugDescription))
        default:
            self = .notContent(place: Self.place([]), reason: Self.shortened("\(error)"))
        }
    }

    init(writing error: any Error) {
        if case EncodingError.invalidValue(_, let context) = error {
            self = .cannotEncode(
                place: Self.place(context.codingPath), reason: Self.shortened(context.debugDescription))
        } else {
            self = .cannotEncode(place: Self.place([]), reason: Self.shortened("\(error)"))
        }
    }

    /// `content.streams.3`, or `the document`.
    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the document" : shortened(path.map(\.stringValue).joined(separator: "."))
    }

    /// Keys and values of a file may be of any length.
    private static func shortened(_ text: String) -> String {
        String(text.unicodeScalars.prefix(200))
    }
}

extension StateDocumentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notJSON: "it is not JSON, is cut off, or has a number out of range"
        case .otherKind(let found, let expected): "it is of the kind \(found), and should be \"\(expected)\""
        case .otherVersion(let found, let known) where found > known:
            "a newer weir has written it: its version is \(found), and this weir knows \(known) at most"
        case .otherVersion(let found, _): "there is no version \(found)"
        case .notContent(let place, let reason): "it cannot be understood at \(place): \(reason)"
        case .cannotEncode(let place, let reason): "there is no JSON for \(place): \(reason)"
        }
    }
}
