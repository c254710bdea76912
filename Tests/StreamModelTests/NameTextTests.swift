import StreamModel
import TestSupport
import Testing

@Suite("The text of a name")
struct NameTextTests {
    @Test("In a sentence an empty one leaves no hole")
    func inSentence() {
        #expect(Name("").inSentence == "\"\"")
        #expect(Name([0x61, 0x00]).inSentence == #"a\x00"#)
    }

    @Test(
        "Valid UTF-8 stays, and what is not is escaped",
        arguments: [
            ([], ""),
            (Array("orders".utf8), "orders"),
            (Array("Größe 日本 🦀".utf8), "Größe 日本 🦀"),
            (Array("e\u{301}".utf8), "e\u{301}"),
            (Array("say \"hi\"\n\t\u{1B}[31m".utf8), "say \"hi\"\n\t\u{1B}[31m"),
            ([0x61, 0x00, 0x62], #"a\x00b"#),
            ([0xFF], #"\xff"#),
            ([0x61, 0x80, 0x62], #"a\x80b"#),
            // Sequences that end too early, in the middle and at the end.
            ([0xE2, 0x82], #"\xe2\x82"#),
            ([0xE2, 0x82, 0x61], #"\xe2\x82a"#),
            ([0xF0, 0x9F, 0xA6, 0xC3, 0xA9], #"\xf0\x9f\xa6é"#),
            // Overlong forms of "/" and of NUL, a surrogate, and a scalar beyond the last one.
            ([0xC0, 0xAF], #"\xc0\xaf"#),
            ([0xC0, 0x80], #"\xc0\x80"#),
            ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
            ([0xF4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#),
            // What already looks like an escape must not be taken for one.
            (Array(#"\xff"#.utf8), #"\x5cxff"#),
            (Array(#"\xFF"#.utf8), #"\x5cxFF"#),
            (Array(#"\x5cxff"#.utf8), #"\x5cx5cxff"#),
            (Array(#"\\xff"#.utf8), #"\\x5cxff"#),
            ([0x5C, 0xFF], #"\\xff"#),
            (Array(#"C:\x\xg0\n"#.utf8), #"C:\x\xg0\n"#),
            (Array(#"\x0"#.utf8) + [0x00], #"\x0\x00"#),
        ] as [([UInt8], String)])
    func table(bytes: [UInt8], text: String) {
        // Byte by byte: Swift compares strings by what they look like.
        #expect(Array(Name(bytes).text.utf8) == Array(text.utf8))
        #expect(Name(bytes).description == Name(bytes).text)
        #expect(Name(unescaping: text) == Name(bytes))
    }

    @Test("Any bytes give valid UTF-8 without NUL from which they can be read back", arguments: UInt64(1)...8)
    func reversible(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let bytes = randomBytes(using: &random)
            let text = Name(bytes).text
            #expect(!text.utf8.contains(0))
            #expect(Name(unescaping: text) == Name(bytes), "\(bytes) became \(text)")
        }
    }

    @Test(
        "What is no escape is read as it stands, also in text that no name has",
        arguments: [
            (#"\xFf\xfF"#, [0xFF, 0xFF]), (#"\x5cx41"#, Array(#"\x41"#.utf8)), (#"\x"#, Array(#"\x"#.utf8)),
            (#"\x4"#, Array(#"\x4"#.utf8)), (#"\X41"#, Array(#"\X41"#.utf8)), (#"\x4g\x41"#, Array(#"\x4gA"#.utf8)),
            (#"\\x41"#, Array(#"\A"#.utf8)), ("e\u{301}", [0x65, 0xCC, 0x81]), ("\0", [0x00]),
        ] as [(String, [UInt8])])
    func unescaping(text: String, bytes: [UInt8]) {
        #expect(Name(unescaping: text).bytes == bytes)
    }

    @Test("Names are equal and ordered by their bytes alone")
    func order() {
        #expect(Name("é") != Name("e\u{301}"))
        #expect(Name("a") < Name("b"))
        #expect(Name("a") < Name("aa"))
        #expect(Name([0x7F]) < Name([0x80]))
        #expect(Name([]) < Name([0]))
        #expect(!(Name("a") < Name("a")))
    }

    /// Mostly what escapes are made of, so that they meet.
    private func randomBytes(using random: inout SplitMix64) -> [UInt8] {
        let likely = Array(#"\\\xx0159abcfFg"#.utf8) + [0xFF, 0x00, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xF0, 0x80]
        return (0..<Int.random(in: 0...12, using: &random)).map { _ in
            Int.random(in: 0..<8, using: &random) == 0
                ? UInt8.random(in: .min ... .max, using: &random)
                : likely[Int.random(in: 0..<likely.count, using: &random)]
        }
    }
}
