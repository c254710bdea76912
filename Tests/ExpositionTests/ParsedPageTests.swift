import Exposition
import Testing

@Suite("The reader of pages that these tests rest on")
struct ParsedPageTests {
    private static let header = "# HELP a_b What it is.\n# TYPE a_b gauge\n"

    @Test("reads names, labels and values")
    func reads() throws {
        let page = Self.header + #"a_b{x="1\\\"\n,}",y=""} -1.5e+20"# + "\na_b 3\n"
        let family = try #require(try ParsedPage(Array(page.utf8), format: .text).families.first)
        #expect(family.name == "a_b")
        #expect(family.kind == "gauge")
        #expect(family.help == "What it is.")
        #expect(
            family.samples == [
                ParsedPage.Sample(
                    name: "a_b",
                    labels: [
                        ParsedPage.Label(name: "x", value: Array("1\\\"\n,}".utf8)),
                        ParsedPage.Label(name: "y", value: []),
                    ], value: "-1.5e+20"),
                ParsedPage.Sample(name: "a_b", labels: [], value: "3"),
            ])
    }

    @Test(
        "refuses what is not a sample",
        arguments: [
            "a_b", "a_b ", "a_b NaN", "a_b nan", "a_b 1 ", "a_b  1", "a_b 1 1790000000", "a_b{} 1", "a_b{x=1} 1",
            #"a_b{x="1",} 1"#, #"a_b{x="1" 1"#, #"a_b{x="1"}1"#, #"a_b{x="\t"} 1"#, #"a_b{x="} 1"#, #"a_b{X="1"} 1"#,
            #"a_b {x="1"} 1"#, "a_b 0x1", "a_b 1.", "a_b .5", "a_b -Inf",
        ])
    func refusesSamples(line: String) {
        #expect(throws: PageError.malformedSample(line)) {
            try ParsedPage(Array((Self.header + line + "\n").utf8), format: .text)
        }
    }

    @Test("refuses what is not a page")
    func refusesPages() {
        let faults: [(String, PageError)] = [
            ("", .noFinalNewline), (Self.header, .emptyFamily("a_b")), (Self.header + "a_b 1", .noFinalNewline),
            (Self.header + "\na_b 1\n", .emptyLine), (Self.header + "a_c 1\n", .foreignSample("a_c 1")),
            ("a_b 1\n", .foreignSample("a_b 1")),
            ("# TYPE a_b gauge\n", .misplacedComment("# TYPE a_b gauge")),
            ("# HELP a_b\n", .malformedComment("# HELP a_b")),
        ]
        for (page, fault) in faults {
            #expect(throws: fault) { try ParsedPage(Array(page.utf8), format: .text) }
        }
        #expect(throws: PageError.missingEOF) { try ParsedPage(Array("a 1\n".utf8), format: .openMetrics) }
        #expect(throws: PageError.notUTF8) { try ParsedPage([0xFF, 0x0A], format: .text) }
        #expect(throws: PageError.notUTF8) { try ParsedPage([0x00, 0x0A], format: .text) }
    }
}
