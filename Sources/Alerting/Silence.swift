package import StreamModel

/// Somebody's wish not to be told of some incidents for a while.
package struct Silence: Equatable, Codable, Sendable {
    /// A label's value, as a pattern.
    package struct Matcher: Equatable, Codable, Sendable {
        package var label: String
        package var pattern: String

        package init(label: String, pattern: String) {
            self.label = label
            self.pattern = pattern
        }
    }

    /// All of them have to match; at least one.
    package var matchers: [Matcher]
    package var startsAt: Timestamp
    package var endsAt: Timestamp
    package var comment: String

    package init(matchers: [Matcher], startsAt: Timestamp, endsAt: Timestamp, comment: String) {
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.comment = comment
    }

    /// Whether it is in force at `now` for an alert with these labels; a label that is not there is empty.
    package func covers(_ labels: [String: String], at now: Timestamp) -> Bool {
        guard startsAt <= now, now < endsAt else { return false }
        return matchers.allSatisfy { Glob($0.pattern).matches(Name(labels[$0.label] ?? "")) }
    }
}
