import Testing

@testable import Settings

@Suite("Suggestions")
struct SuggestionTests {
    @Test(
        "count letters inserted, deleted, replaced and swapped",
        arguments: [
            ("", "", 0), ("a", "", 1), ("interval", "intervall", 1), ("intreval", "interval", 1),
            ("timeout", "timout", 1),
            ("kitten", "sitting", 3),
        ])
    func distance(left: String, right: String, distance: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == distance)
        #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == distance)
    }

    @Test(
        "name the nearest word, and none where none is near",
        arguments: [
            ("intervall", "interval"), ("steams", "streams"), ("uri", "url"), ("warn", nil), ("zzzzzzzz", nil),
            ("", nil),
        ])
    func nearest(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["interval", "timeout", "streams", "url"]) == expected)
    }
}
