import Testing

@testable import Settings

@Suite("YAML")
struct YAMLNodeTests {
    private func fault(_ text: String) -> YAMLError? {
        #expect(throws: YAMLError.self) { try YAMLNode(parsing: Array(text.utf8)) }
    }

    private func line(_ text: String) -> String? {
        fault(text).map { "\($0.mark.line):\($0.mark.column): \($0.fault)" }
    }

    @Test("becomes a tree with the place and the style of every value")
    func tree() throws {
        let node = try YAMLNode(parsing: Array("a: [1, '2']\né: {b: ~}\n".utf8))
        func scalar(_ text: String, _ line: Int, _ column: Int, quoted: Bool = false) -> YAMLNode {
            YAMLNode(mark: YAMLMark(line: line, column: column), content: .scalar(text, quoted: quoted))
        }
        let list = YAMLNode(
            mark: YAMLMark(line: 1, column: 4),
            content: .sequence([scalar("1", 1, 5), scalar("2", 1, 8, quoted: true)]))
        let mapping = YAMLNode(
            mark: YAMLMark(line: 2, column: 4),
            content: .mapping([YAMLNode.Pair(key: scalar("b", 2, 5), value: scalar("~", 2, 8))]))
        let pairs = [
            YAMLNode.Pair(key: scalar("a", 1, 1), value: list), YAMLNode.Pair(key: scalar("é", 2, 1), value: mapping),
        ]
        #expect(node == YAMLNode(mark: .start, content: .mapping(pairs)))
    }

    @Test("that is empty is an empty mapping", arguments: ["", "\n\n", "# nothing\n"])
    func empty(text: String) throws {
        #expect(try YAMLNode(parsing: Array(text.utf8)).content == .mapping([]))
    }

    @Test("shares what an anchor names")
    func alias() throws {
        let node = try YAMLNode(parsing: Array("- &a [x]\n- *a\n".utf8))
        guard case .sequence(let items) = node.content else {
            Issue.record("no sequence")
            return
        }
        #expect(items.count == 2)
        #expect(items.first == items.last)
    }

    @Test(
        "with an error of syntax tells its place",
        arguments: [
            ("a: [1", "2:1: did not find expected ',' or ']' while parsing a flow sequence from line 1"),
            ("a: b: c", "1:5: mapping values are not allowed in this context"),
            ("a: 'x\n", "2:1: found unexpected end of stream while scanning a quoted scalar from line 1"),
            (
                "streams: [*]",
                "1:12: an unquoted * starts an alias, and there is none of that name; quote a pattern: \"*\""
            ),
            ("- *orders", "1:3: an unquoted * starts an alias, and there is none of that name; quote a pattern: \"*\""),
            ("a: 1\n---\nb: 2\n", "2:1: a second document starts here; a configuration is one document"),
            ("a: !!int 1", "1:4: tags (!…) are not understood; leave it out"),
            ("a: &x [1, *x]", "1:4: an alias inside this value refers to the value itself"),
            ("&x a: {b: &y {c: *y}}", "1:11: an alias inside this value refers to the value itself"),
        ])
    func syntax(text: String, expected: String) {
        #expect(line(text) == expected)
    }

    @Test("that is no text tells the place of the byte")
    func noText() {
        let error = #expect(throws: YAMLError.self) { try YAMLNode(parsing: Array("a: 1\nbé: ".utf8) + [0xff]) }
        #expect(error?.mark == YAMLMark(line: 2, column: 5))
        #expect(error?.fault == .syntax("invalid leading UTF-8 octet"))
        #expect(line("a: 1\nb: \u{1}\n") == "2:4: control characters are not allowed")
    }

    @Test("may be 64 levels deep and no more")
    func depth() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        _ = try YAMLNode(parsing: Array(nested(64).utf8))
        #expect(fault(nested(65)) == YAMLError(mark: YAMLMark(line: 1, column: 65), fault: .tooDeep(limit: 64)))
    }

    @Test("made to take libyaml hours is refused at once", arguments: ["[", "{", "[a: ", "{a, ", "- ", "? "])
    func depthBomb(unit: String) {
        let text = String(repeating: unit, count: YAMLNode.sizeLimit / unit.utf8.count)
        #expect(fault(text)?.fault == .tooDeep(limit: 64))
    }

    @Test("whose aliases multiply is refused")
    func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        #expect(fault(text)?.fault == .tooManyValues(limit: 100_000))
    }

    @Test("whose aliases nest deeper than the text does is refused")
    func deepAliases() {
        let text = (1...80).reduce("- &a0 x\n") { $0 + "- &a\($1) [*a\($1 - 1)]\n" }
        #expect(fault(text)?.fault == .tooDeep(limit: 64))
    }

    @Test("with too many anchors, or too large, is refused")
    func limits() {
        let anchors = (0...1000).reduce("") { $0 + "- &a\($1) x\n" }
        #expect(fault(anchors) == YAMLError(mark: YAMLMark(line: 1001, column: 3), fault: .tooManyAnchors(limit: 1000)))
        let large = String(repeating: "#", count: YAMLNode.sizeLimit + 1)
        #expect(fault(large)?.fault == .tooLarge(limitBytes: YAMLNode.sizeLimit))
    }
}
