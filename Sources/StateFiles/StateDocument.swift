import FoundationEssentials
import Platform

/// The JSON of a state file: what it is, in which version, and its content.
package struct StateDocument<Content: StateContent>: Codable {
    package let content: Content

    private enum Key: String, CodingKey {
        case version, kind, content
    }

    package init(_ content: Content) {
        self.content = content
    }

    /// Kind and version come first: what is wrong with content that one does not know says nothing.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decode(String.self, forKey: .kind)
        guard kind == Content.kind else {
            throw StateDocumentError.otherKind(found: Excerpt(kind), expected: Content.kind)
        }
        let version = try container.decode(Int.self, forKey: .version)
        guard (1...Content.version).contains(version) else {
            throw StateDocumentError.otherVersion(found: version, known: Content.version)
        }
        content = try container.decode(Content.self, forKey: .content)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Content.version, forKey: .version)
        try container.encode(Content.kind, forKey: .kind)
        try container.encode(content, forKey: .content)
    }

    /// Reads any bytes; nesting is bounded by the decoder, which gives up at 512 levels.
    package init(json: [UInt8]) throws(StateDocumentError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json))
        } catch {
            throw StateDocumentError(reading: error)
        }
    }

    /// Fails for content that JSON has no form for, as a number that is not finite.
    package func json() throws(StateDocumentError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self))
        } catch {
            throw StateDocumentError(writing: error)
        }
    }
}
