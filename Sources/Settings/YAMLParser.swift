import CYAML

/// libyaml's parser over bytes that it owns a copy of.
@safe
struct YAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(YAMLError) {
        self.bytes = bytes
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: max(bytes.count, 1))
        _ = unsafe input.update(fromContentsOf: bytes)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe input.deallocate()
            unsafe parser.deallocate()
            throw YAMLError(mark: .start, fault: .outOfMemory)
        }
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// Composes the next document of the file; nil after the last.
    mutating func nextDocument() throws(YAMLError) -> YAMLDocument? {
        let document = UnsafeMutablePointer<yaml_document_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_load(parser, document) == 1 else {
            unsafe document.deallocate()
            throw error()
        }
        let loaded = unsafe YAMLDocument(owning: document)
        if loaded.isEmpty { return nil }
        return loaded
    }

    /// Runs through the whole file without building anything, and refuses what would be dear to compose.
    ///
    /// libyaml bounds nothing itself: its time grows with the square of the depth of `[[[…` and of the number of
    /// anchors (128 KiB of `[` takes it 18 s). Spends this parser: one that has given events cannot compose.
    consuming func checkBounds(depth limit: Int, anchors anchorLimit: Int) throws(YAMLError) {
        var depth = 0
        var anchors = 0
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw error() }
            defer { unsafe yaml_event_delete(&event) }
            let mark = unsafe YAMLMark(event.start_mark)
            switch unsafe event.type {
            case YAML_STREAM_END_EVENT:
                return
            case YAML_MAPPING_START_EVENT:
                depth += 1
                anchors += unsafe event.data.mapping_start.anchor == nil ? 0 : 1
            case YAML_SEQUENCE_START_EVENT:
                depth += 1
                anchors += unsafe event.data.sequence_start.anchor == nil ? 0 : 1
            case YAML_SCALAR_EVENT:
                anchors += unsafe event.data.scalar.anchor == nil ? 0 : 1
            case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
                depth -= 1
            default:
                break
            }
            guard depth <= limit else { throw YAMLError(mark: mark, fault: .tooDeep(limit: limit)) }
            guard anchors <= anchorLimit else {
                throw YAMLError(mark: mark, fault: .tooManyAnchors(limit: anchorLimit))
            }
        }
    }

    private func error() -> YAMLError {
        let kind = unsafe parser.pointee.error
        if kind == YAML_MEMORY_ERROR { return YAMLError(mark: .start, fault: .outOfMemory) }
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "no YAML"
        // The reader (bytes that are no text) knows an offset and no line.
        if kind == YAML_READER_ERROR {
            let offset = unsafe parser.pointee.problem_offset
            return YAMLError(mark: YAMLMark(offset: offset, in: bytes), fault: .syntax(problem))
        }
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
        let mark = unsafe YAMLMark(parser.pointee.problem_mark)
        if problem == "found undefined alias" || context == "while scanning an alias" {
            return YAMLError(mark: mark, fault: .unquotedStar)
        }
        guard let context else { return YAMLError(mark: mark, fault: .syntax(problem)) }
        let contextMark = unsafe YAMLMark(parser.pointee.context_mark)
        let from = contextMark.line == mark.line ? "" : " from line \(contextMark.line)"
        return YAMLError(mark: mark, fault: .syntax("\(problem) \(context)\(from)"))
    }
}

extension YAMLMark {
    init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
