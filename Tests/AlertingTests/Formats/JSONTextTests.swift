import Alerting
import TestSupport
import Testing

@Suite("JSON that is written")
struct JSONTextTests {
    @Test("has its members in order, and nothing between them")
    func document() {
        let json: JSONText = [
            "z": .null, "a": [.bool(true), .bool(false), .integer(.min), .number(0.25), .number(-1e300)],
            "m": .strings(["b": "2", "a": "1"]), "e": [], "o": .members(["left": nil, "in": "x"]),
        ]
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"z":null,"a":[true,false,-9223372036854775808,0.25,-1e+300],"m":{"a":"1","b":"2"},"e":[],"#
                + #""o":{"in":"x"}}"#)
    }

    @Test("has null for a number that is not finite", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        #expect(JSONText.number(value).bytes == Array("null".utf8))
    }

    @Test(
        "escapes what may not stand in a string",
        arguments: [
            ("", #""""#), (#"a"b\c"#, #""a\"b\\c""#), ("a\r\nb\t", #""a\r\nb\t""#), ("\0\u{1F}", #""\u0000\u001f""#),
            ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\u{7F}", #""\u007f""#), ("</é😀>", #""</é😀>""#),
            // A character that is no quote and has one in it.
            ("\"\u{301}", "\"\\\"\u{301}\""),
        ])
    func escapes(text: String, expected: String) {
        #expect(JSONText.string(text).bytes == Array(expected.utf8))
    }

    @Test("reads back as it was, whatever the strings", arguments: 0..<200)
    func readsBack(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let texts = (0..<20).map { _ in RandomText.next(upTo: 40, &generator) }
        let json = JSONText.array(texts.map { [("name" + $0, .string($0))] }.map(JSONText.object))
        let elements = try JSONValue(reading: json.bytes).elements
        #expect(elements.count == texts.count)
        for (element, text) in zip(elements, texts) {
            let name = try #require(element.keys?.first)
            // By scalars: two strings are equal that only look the same.
            #expect(Array(name.unicodeScalars) == Array(("name" + text).unicodeScalars))
            #expect(element[name]?.string.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        }
    }
}
