/// One value of a YAML file, with the place where it starts.
///
/// What an alias names has the place of its anchor: libyaml's composer keeps no other.
struct YAMLNode: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        /// The text as written; `quoted` also for block scalars, whose text is never a number, a boolean or nothing.
        case scalar(String, quoted: Bool)
        case sequence([YAMLNode])
        /// In the order of the file, repeated keys included.
        case mapping([Pair])
    }

    struct Pair: Sendable, Equatable {
        let key: YAMLNode
        let value: YAMLNode
    }

    let mark: YAMLMark
    let content: Content

    /// Nothing after the colon, or `null` in one of the ways of YAML 1.2.
    var isNull: Bool {
        guard case .scalar(let text, quoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

extension YAMLNode {
    static let sizeLimit = 1 << 20
    static let depthLimit = 64
    private static let anchorLimit = 1000
    private static let valueLimit = 100_000

    /// Reads a file that holds one document; an empty one is an empty mapping.
    init(parsing bytes: [UInt8]) throws(YAMLError) {
        guard bytes.count <= Self.sizeLimit else {
            throw YAMLError(mark: .start, fault: .tooLarge(limitBytes: Self.sizeLimit))
        }
        try YAMLParser(bytes).checkBounds(depth: Self.depthLimit, anchors: Self.anchorLimit)
        var parser = try YAMLParser(bytes)
        guard let document = try parser.nextDocument() else {
            self.init(mark: .start, content: .mapping([]))
            return
        }
        let root = try document.tree(valueLimit: Self.valueLimit)
        if let second = try parser.nextDocument() {
            throw YAMLError(mark: second.start, fault: .severalDocuments)
        }
        self = root
    }
}
