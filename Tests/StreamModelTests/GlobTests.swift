import StreamModel
import TestSupport
import Testing

@Suite("A glob")
struct GlobTests {
    @Test(
        "matches what Redis' stringmatchlen matches",
        arguments: [
            ("orders", "orders", true), ("orders", "order", false), ("orders", "orders2", false),
            ("Orders", "orders", false), ("", "", true), ("", "a", false), ("a", "", false),
            // Stars.
            ("*", "anything", true), ("*", "", true), ("a*", "a", true), ("a*", "ab", true), ("a*", "ba", false),
            ("*a", "a", true), ("*a", "ba", true), ("*a", "ab", false), ("a*c", "ac", true), ("a*c", "abcbc", true),
            ("a*c", "abcb", false), ("**", "ab", true), ("a**b", "ab", true), ("a**b", "axxb", true),
            ("a*b*c", "a_b_b_c", true), ("a*b*c", "a_c_b", false), ("*:*", "billing:eu", true), ("ab**", "ab", true),
            // One byte, whichever.
            ("?", "a", true), ("?", "", false), ("?", "ab", false), ("a?c", "abc", true), ("??", "é", true),
            ("?", "é", false), ("*?", "a", true), ("*?", "", false),
            // Classes.
            ("[abc]", "b", true), ("[abc]", "d", false), ("[a-c]", "b", true), ("[a-c]", "d", false),
            ("[c-a]", "b", true), ("[c-a]", "d", false), ("[a-cx-z]", "y", true), ("[a-cx-z]", "m", false),
            ("[^a-c]", "d", true), ("[^a-c]", "b", false), ("[^a]", "", false), ("[!a]", "a", true),
            ("[!a]", "!", true), ("[!a]", "b", false), ("[a^]", "^", true), ("x[0-9]y", "x5y", true),
            ("[a-]", "-", false), ("[-a]", "-", true), ("[a-a]", "a", true), ("[]", "a", false), ("[]a]", "a", false),
            ("[^]", "a", true), ("[^]]", "a]", true), ("[[]", "[", true), ("[*?]", "*", true), ("[*?]", "a", false),
            // Escapes in classes: each stands for itself, also as neither bracket nor range.
            (#"[\]]"#, "]", true), (#"[\]]"#, #"\"#, false), (#"[\-z]"#, "-", true), (#"[\^a]"#, "^", true),
            (#"[\\]"#, #"\"#, true), (#"[a\-c]"#, "b", false),
            // A class that is never closed ends with the pattern.
            ("[ab", "a", true), ("[ab", "c", false), ("[a-c", "b", true), ("[a-", "-", true), ("[a-", "b", false),
            ("[", "[", false), ("[", "a", false), ("[^", "a", true), (#"[\"#, #"\"#, true), ("[a-]", "`", true),
            // Escapes; a backslash at the end stands for itself.
            (#"\*"#, "*", true), (#"\*"#, "a", false), (#"\["#, "[", true), (#"a\b"#, "ab", true),
            (#"\\"#, #"\"#, true), (#"a\"#, #"a\"#, true), (#"a\"#, "a", false), (#"\"#, #"\"#, true),
            (#"*\*"#, "a*", true), (#"*\*"#, "ab", false),
            // Braces are literal.
            ("{a,b}", "a", false), ("{a,b}", "{a,b}", true), ("{orders}:*", "{orders}:dead", true),
        ] as [(String, String, Bool)])
    func table(pattern: String, name: String, matches: Bool) {
        #expect(Glob(pattern).matches(Name(name)) == matches)
    }

    @Test("compares bytes, whatever they are")
    func bytes() {
        #expect(Glob([0xFF, UInt8(ascii: "*")]).matches(Name([0xFF, 0x00, 0xFE])))
        #expect(Glob("a?b").matches(Name([0x61, 0x00, 0x62])))
        #expect(!Glob("é").matches(Name("e\u{301}")))
    }

    @Test(
        "of a pattern that takes exponentially long gives up early",
        arguments: [
            String(repeating: "a*", count: 60) + "b",
            String(repeating: "*a", count: 60) + "b",
            String(repeating: "*?", count: 60) + "b",
            String(repeating: "a*?", count: 40) + "b",
        ])
    func exponential(pattern: String) {
        let name = Name(String(repeating: "a", count: 200))
        let elapsed = ContinuousClock().measure {
            #expect(!Glob(pattern).matches(name))
        }
        #expect(elapsed < .seconds(10))
    }

    @Test(
        "without a wildcard names one stream",
        arguments: [
            ("orders", "orders"), ("{a,b}", "{a,b}"), ("a]b^-", "a]b^-"), ("", ""), ("a*", nil), ("a?", nil),
            ("[a]", nil), ("a[", nil), (#"a\"#, nil), (#"a\*"#, nil),
        ] as [(String, String?)])
    func exactName(pattern: String, name: String?) {
        #expect(Glob(pattern).exactName == name.map { Name($0) })
    }

    @Test("that escapes every byte of a name matches that name alone", arguments: UInt64(1)...4)
    func escaped(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array(#"*?[]^-\ab"#.utf8) + [0x00, 0xFF]
        for _ in 0..<500 {
            let name = (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let pattern = Glob(name.flatMap { [UInt8(ascii: "\\"), $0] })
            #expect(pattern.matches(Name(name)))
            #expect(!pattern.matches(Name(name + [0x61])))
            #expect(!pattern.matches(Name(Array(name.dropLast()))))
        }
    }

    @Test("is printed as the pattern that it is")
    func description() {
        #expect(Glob("billing:*").description == "billing:*")
        #expect(Glob([0xFF]).description == #"\xff"#)
    }
}
