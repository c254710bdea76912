import Testing

@testable import HTTPServer

@Suite("Entity tags")
struct EntityTagTests {
    @Test(
        "are known by whoever names them, in whatever company",
        arguments: [
            ("W/\"7-1\"", true), ("\"7-1\"", true), ("\"a\", W/\"7-1\"", true), (" W/\"7-1\" ", true), ("*", true),
            ("\"a,b\",\"7-1\"", true), ("W/\"7-10\"", false), ("7-1", false), ("\"7-1", false), ("", false),
            // Another tag, of which ours is a part.
            ("\"x,W/\"7-1", false), (nil, false),
        ] as [(String?, Bool)])
    func known(header: String?, isKnown: Bool) {
        #expect(EntityTag("7-1").isKnown(by: header) == isKnown)
    }

    @Test("are weak, as a document goes out compressed and not")
    func weak() {
        #expect(EntityTag("7-1").text == "W/\"7-1\"")
    }
}
