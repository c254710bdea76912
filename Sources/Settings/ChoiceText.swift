import Platform

/// One of a few words, as it is written in settings.
enum ChoiceText {
    static func parse<Choice: RawRepresentable<String> & CaseIterable>(_ text: String) throws(Complaint) -> Choice {
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.words
        throw .notOneOf(words, Excerpt(text), nearest: Suggestion.nearest(to: text, among: words))
    }
}

extension CaseIterable where Self: RawRepresentable<String> {
    /// The choices, as they are written.
    static var words: [String] { allCases.map(\.rawValue) }
}
