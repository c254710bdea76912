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

extension JSONDocument where Self: Decodable {
    /// Reads a document of schema 1; fields that it does not know are ignored.
    init(json: [UInt8]) throws(DocumentFault) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let json = Data(json)
        do {
            // By itself and first: of another schema everything else may differ.
            let schema = try decoder.decode(DocumentSchema.self, from: json).schema
            guard schema == 1 else { throw DocumentFault.schema(schema) }
            self = try decoder.decode(Self.self, from: json)
        } catch {
            throw DocumentFault(error)
        }
    }
}

private struct DocumentSchema: Decodable {
    var schema: Int
}
