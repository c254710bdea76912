internal import FoundationEssentials

/// Any JSON, to look at what a document has.
package enum JSONValue: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(reading json: [UInt8]) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(json))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package subscript(_ key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    package subscript(_ index: Int) -> JSONValue? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The keys of an object, in order.
    package var keys: [String]? {
        if case .object(let fields) = self { fields.keys.sorted() } else { nil }
    }

    /// The keys of this value and of all within it.
    package var allKeys: Set<String> {
        switch self {
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.allKeys) }
        case .object(let fields): fields.reduce(into: []) { $0.formUnion($1.value.allKeys.union([$1.key])) }
        case .null, .bool, .number, .string: []
        }
    }

    /// The keys whose values are `null`.
    package var nullKeys: [String]? {
        if case .object(let fields) = self { fields.filter { $0.value == .null }.keys.sorted() } else { nil }
    }
}
