import FoundationEssentials
import Logging
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("A log line")
struct LogLineTests {
    private func text(_ message: String, _ fields: [(String, String)]) -> String {
        LogLine.text(time: "T", level: .info, message: message, fields)
    }

    @Test(
        "quotes what would not read as one value",
        arguments: [
            ("orders", "stream=orders"), ("", #"stream="""#), ("a b", #"stream="a b""#), ("a=b", #"stream="a=b""#),
            (#"say "hi""#, #"stream="say \"hi\"""#), (#"a\ b\"#, #"stream="a\\ b\\""#), ("größe", "stream=größe"),
            ("a\nb", #"stream="a\u{a}b""#), ("\u{1B}[31mred", #"stream="\u{1b}[31mred""#),
            (#"C:\x"#, #"stream="C:\\x""#), ("a\u{7F}\u{9B}b", #"stream="a\u{7f}\u{9b}b""#),
            ("a\u{2028}b", #"stream="a\u{2028}b""#),
            // A quote that a combining mark makes look like something else is still a quote.
            ("a\"\u{301} forged=1", "stream=\"a\\\"\u{301} forged=1\""),
        ])
    func quoting(value: String, pair: String) {
        let line = text("message", [("stream", value)])
        #expect(line.unicodeScalars.elementsEqual("T info message \(pair)".unicodeScalars), "\(line)")
    }

    @Test("is one line, whatever the message says")
    func message() {
        let line = text("a\r\nb\u{1B}[2Jc\u{85}d", [])
        #expect(line == #"T info a\u{d}\u{a}b\u{1b}[2Jc\u{85}d"#)
    }

    @Test("of any name is one line with the fields it should have", arguments: UInt64(1)...4)
    func anyName(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieces = ["a", " ", "=", "\"", "\\", "\n", "\r", "\u{1B}", "\u{301}", "é", "\u{2028}", "\0", "{", "x=1"]
        for _ in 0..<500 {
            let value = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }.joined()
            let fields = [("stream", value), ("target", "t")]
            let line = text("message", fields)
            #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(fieldNames(line) == ["stream", "target"], "\(line)")

            let json = LogLine.json(time: "T", level: .warning, message: value, fields)
            #expect(!json.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(json)")
            let object = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
            let expected = ["time": "T", "level": "warning", "message": value, "stream": value, "target": "t"]
            #expect(object == expected)
        }
    }

    @Test("as JSON is not taken over by a field that is called like one of its own")
    func reservedFields() throws {
        let json = LogLine.json(time: "T", level: .error, message: "m", [("level", "info"), ("message", "x")])
        let object = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        #expect(object == ["time": "T", "level": "error", "message": "m"])
    }

    /// The names of the fields as a collector reads them, byte by byte; what does not read as a field is kept whole.
    private func fieldNames(_ line: String) -> [String] {
        var rest = Array(line.utf8).dropFirst("T info message".utf8.count)
        var names: [String] = []
        while rest.popFirst() == UInt8(ascii: " ") {
            names.append(String(decoding: rest.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self))
            rest = rest.drop { $0 != UInt8(ascii: "=") }.dropFirst()
            guard rest.first == UInt8(ascii: "\"") else {
                rest = rest.drop { $0 != UInt8(ascii: " ") }
                continue
            }
            rest.removeFirst()
            while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\\") { rest = rest.dropFirst() }
            }
        }
        return rest.isEmpty ? names : names + [String(decoding: rest, as: UTF8.self)]
    }
}
