import FoundationEssentials

/// A document of the API: its keys are the names of its properties in snake case.
///
/// Within schema 1 fields may be added; none changes its meaning.
protocol JSONDocument: Encodable {}

extension JSONDocument {
    func json() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing in a document can fail to encode: every number that might not be finite is `OrNull`, and the others are
        // of timestamps. An empty object would at least say nothing false.
        return (try? encoder.encode(self)).map { Array($0) } ?? Array("{}".utf8)
    }
}
