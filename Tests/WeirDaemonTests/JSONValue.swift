/// Any JSON, to look at what a document has.
enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
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

    subscript(_ key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    subscript(_ index: Int) -> JSONValue? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    /// The keys of an object, in order.
    var keys: [String]? {
        if case .object(let fields) = self { fields.keys.sorted() } else { nil }
    }

    /// The keys of this value and of all within it.
    var allKeys: Set<String> {
        switch self {
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.allKeys) }
        case .object(let fields): fields.reduce(into: []) { $0.formUnion($1.value.allKeys.union([$1.key])) }
        case .null, .bool, .number, .string: []
        }
    }

    /// The keys whose values are `null`.
    var nullKeys: [String]? {
        if case .object(let fields) = self { fields.filter { $0.value == .null }.keys.sorted() } else { nil }
    }
}
