import StreamModel
import Testing

@testable import Sampling

@Suite("A selection of streams")
struct StreamSelectionTests {
    private func selection(_ patterns: [String], exclude: [String] = []) -> StreamSelection {
        StreamSelection(patterns: patterns.map { Glob($0) }, exclude: exclude.map { Glob($0) }, limit: 10)
    }

    @Test(
        "wants what one of its patterns matches and none of its excludes",
        arguments: [
            (["*"], [], "orders", true), (["orders"], [], "orders", true), (["orders"], [], "orders2", false),
            (["a*", "b*"], [], "bx", true), (["a*", "b*"], [], "cx", false), ([], [], "orders", false),
            (["*"], ["tmp:*"], "tmp:1", false), (["*"], ["tmp:*"], "tmp", true), (["orders"], ["*"], "orders", false),
        ] as [([String], [String], String, Bool)])
    func wants(patterns: [String], exclude: [String], name: String, wanted: Bool) {
        #expect(selection(patterns, exclude: exclude).wants(Name(name)) == wanted)
    }

    @Test(
        "scans only for patterns",
        arguments: [
            ([], false, nil), (["a", "b"], false, nil), (["a", "b*"], true, "b*"), (["a*", "b*"], true, nil),
            ([#"a\*"#], true, #"a\*"#),
        ] as [([String], Bool, String?)])
    func scan(patterns: [String], needsScan: Bool, scanPattern: String?) {
        let selection = selection(patterns)
        #expect(selection.needsScan == needsScan)
        #expect(selection.scanPattern == scanPattern.map { Glob($0) })
    }

    @Test("names outright what is neither pattern nor excluded")
    func exactNames() {
        #expect(selection(["b", "a*", "a", "t"], exclude: ["t"]).exactNames == [Name("b"), Name("a")])
    }
}
