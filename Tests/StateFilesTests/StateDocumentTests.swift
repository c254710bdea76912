import Testing

@testable import StateFiles

@Suite("A state document")
struct StateDocumentTests {
    private static let notJSON = "it is not JSON, is cut off, or has a number out of range"

    private func read(_ text: String) -> StateDocumentError? {
        read(Array(text.utf8))
    }

    private func read(_ bytes: [UInt8]) -> StateDocumentError? {
        do {
            _ = try StateDocument<Notes>(json: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("is JSON that says what it is, and reads back as it was")
    func roundTrip() throws {
        let notes = Notes(lines: ["a/b", "\"é\0\n\\x", ""], figure: -1.5)
        let json = try StateDocument(notes).json()
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"{"content":{"figure":-1.5,"lines":["a/b","\"é\u0000\n\\x",""]},"kind":"notes","version":2}"#)
        #expect(try StateDocument<Notes>(json: json).content == notes)
    }

    @Test("of an earlier version is read, and one with fields that are not known")
    func earlier() {
        #expect(read(#"{"version":1,"kind":"notes","content":{"lines":["a"],"later":[[]]},"more":null}"#) == nil)
    }

    @Test(
        "that cannot be understood says why",
        arguments: [
            ("", Self.notJSON),
            ("garbage", Self.notJSON),
            (#"{"version":1,"kind":"notes","content":{"lines":["a"#, Self.notJSON),
            (#"{"version":1,"kind":"notes","content":{"lines":[]}}{}"#, Self.notJSON),
            (#"{"version":1,"kind":"notes","content":{"lines":[],"figure":1e999}}"#, Self.notJSON),
            (#"{"version":99999999999999999999,"kind":"notes","content":{}}"#, Self.notJSON),
            ("{}", "it cannot be understood at kind: it is not there"),
            (#"{"kind":"notes"}"#, "it cannot be understood at version: it is not there"),
            (#"{"version":1,"kind":"notes"}"#, "it cannot be understood at content: it is not there"),
            (#"{"version":1,"kind":"other"}"#, #"it is of the kind "other", and should be "notes""#),
            (#"{"version":0,"kind":"notes"}"#, "there is no version 0"),
            (#"{"version":-1,"kind":"notes"}"#, "there is no version -1"),
            (
                #"{"version":3,"kind":"notes","content":"anything"}"#,
                "a newer weir has written it: its version is 3, and this weir knows 2 at most"
            ),
        ])
    func reasons(text: String, reason: String) {
        #expect(read(text)?.description == reason)
    }

    @Test(
        "with content of other types names the place",
        arguments: [
            (#"{"version":1,"kind":"notes","content":[]}"#, "content"),
            (#"{"version":1,"kind":"notes","content":{"lines":["a",7]}}"#, "content.lines.Index 1"),
            (#"{"version":1,"kind":"notes","content":{"lines":null}}"#, "content.lines"),
            (#"{"version":"1","kind":"notes","content":{}}"#, "version"),
            ("[]", "the document"),
            ("7", "the document"),
        ])
    func places(text: String, place: String) throws {
        let error = try #require(read(text))
        guard case .notContent(place, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("nested 100,000 deep is refused, wherever it is deep", arguments: ["[", #"{"a":"#])
    func deep(opening: String) {
        let depth = String(repeating: opening, count: 100_000)
        #expect(read(depth) == .notJSON)
        #expect(read(#"{"version":1,"kind":"notes","content":{"lines":"# + depth) == .notJSON)
        #expect(read(#"{"version":1,"kind":"notes","content":{"lines":[]},"more":"# + depth) == .notJSON)
        let closing = String(repeating: opening == "[" ? "]" : "}", count: 100_000)
        let inside = opening == "[" ? "" : "0"
        #expect(
            read(#"{"version":1,"kind":"notes","content":{"lines":[]},"more":"# + depth + inside + closing + "}")
                == .notJSON)
    }

    @Test("of bytes that are no text is refused")
    func bytes() {
        for bytes in [[0xFF, 0xFE], [0xFE, 0xFF, 0xD8], [0xEF, 0xBB, 0xBF], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A]]
            as [[UInt8]]
        {
            #expect(read(bytes) != nil)
        }
        // What a file system may show for what a loss of power kept from being written.
        #expect(read([UInt8](repeating: 0, count: 4096)) != nil)
    }

    @Test("shows no more of a file than fits a message")
    func longExcerpts() throws {
        let long = String(repeating: "k", count: 1_000_000)
        for text in [
            #"{"version":1,"kind":"\#(long)"}"#,
            #"{"version":1,"kind":"notes","content":{"lines":[],"figure":"\#(long)"}}"#,
        ] {
            let error = try #require(read(text))
            #expect(error.description.utf8.count < 500)
        }
    }

    @Test("of a number that JSON does not have cannot be made", arguments: [Double.nan, .infinity])
    func notFinite(figure: Double) {
        let error = #expect(throws: StateDocumentError.self) { try StateDocument(Notes(figure: figure)).json() }
        guard case .cannotEncode("content.figure", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
