import CYAML

/// One composed document of libyaml's: a table of nodes that refer to each other by index.
@safe
struct YAMLDocument: ~Copyable {
    private let document: UnsafeMutablePointer<yaml_document_t>

    /// Takes over what `yaml_parser_load` has filled in, and the memory that it stands in.
    init(owning document: UnsafeMutablePointer<yaml_document_t>) {
        unsafe self.document = document
    }

    deinit {
        unsafe yaml_document_delete(document)
        unsafe document.deallocate()
    }

    /// libyaml says that the file has ended with a document that has no root.
    var isEmpty: Bool { unsafe yaml_document_get_root_node(document) == nil }

    var start: YAMLMark { unsafe YAMLMark(document.pointee.start_mark) }

    /// The document as a value tree, in which every use of an alias is a copy: hence the bound on the values.
    func tree(valueLimit: Int) throws(YAMLError) -> YAMLNode {
        var walk = Walk(valueLimit: valueLimit)
        return try node(1, &walk)
    }

    private struct Walk {
        let valueLimit: Int
        var values = 0
        /// The nodes being unfolded, from the root down: an alias within its own anchor leads back to one of them, and
        /// aliases of aliases go deeper than the parser has checked.
        var open: Set<Int32> = []
    }

    private func node(_ index: Int32, _ walk: inout Walk) throws(YAMLError) -> YAMLNode {
        guard let node = unsafe yaml_document_get_node(document, index) else {
            throw YAMLError(mark: start, fault: .syntax("a value is missing"))
        }
        let mark = unsafe YAMLMark(node.pointee.start_mark)
        walk.values += 1
        guard walk.values <= walk.valueLimit else {
            throw YAMLError(mark: mark, fault: .tooManyValues(limit: walk.valueLimit))
        }
        guard walk.open.insert(index).inserted else { throw YAMLError(mark: mark, fault: .cyclicAlias) }
        defer { walk.open.remove(index) }
        guard walk.open.count <= YAMLNode.depthLimit else {
            throw YAMLError(mark: mark, fault: .tooDeep(limit: YAMLNode.depthLimit))
        }
        guard unsafe hasDefaultTag(node.pointee) else { throw YAMLError(mark: mark, fault: .tag) }
        return YAMLNode(mark: mark, content: try unsafe content(of: node.pointee, &walk))
    }

    private func content(of node: yaml_node_t, _ walk: inout Walk) throws(YAMLError) -> YAMLNode.Content {
        switch unsafe node.type {
        case YAML_SEQUENCE_NODE:
            let items = unsafe node.data.sequence.items
            var nodes: [YAMLNode] = []
            for offset in unsafe 0..<(items.top - items.start) {
                nodes.append(try self.node(unsafe items.start[offset], &walk))
            }
            return .sequence(nodes)
        case YAML_MAPPING_NODE:
            let pairs = unsafe node.data.mapping.pairs
            var entries: [YAMLNode.Pair] = []
            for offset in unsafe 0..<(pairs.top - pairs.start) {
                let pair = unsafe pairs.start[offset]
                let key = try self.node(pair.key, &walk)
                entries.append(YAMLNode.Pair(key: key, value: try self.node(pair.value, &walk)))
            }
            return .mapping(entries)
        default:
            let scalar = unsafe node.data.scalar
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, quoted: unsafe scalar.style != YAML_PLAIN_SCALAR_STYLE)
        }
    }

    /// The composer gives every node a tag; one that differs from these was written in the file.
    private func hasDefaultTag(_ node: yaml_node_t) -> Bool {
        guard let tag = unsafe node.tag else { return true }
        let expected =
            switch unsafe node.type {
            case YAML_SEQUENCE_NODE: YAML_SEQ_TAG
            case YAML_MAPPING_NODE: YAML_MAP_TAG
            default: YAML_STR_TAG
            }
        return unsafe String(cString: tag) == expected
    }
}
