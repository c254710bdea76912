package import StreamModel

/// What commands are tried on.
package struct TrialSubject: Equatable, Sendable {
    package var database: Int
    /// Nil: none is known.
    package var stream: Name?
    package var group: Name?

    package init(database: Int, stream: Name? = nil, group: Name? = nil) {
        self.database = database
        self.stream = stream
        self.group = group
    }
}
