/// A rule's condition holds.
package struct Finding: Equatable, Codable, Sendable {
    /// As the user wants it.
    package var severity: Severity
    /// What is wrong, in one or two sentences with the numbers that show it.
    package var what: String
    /// What to type into redis-cli to see it; nil: there is nothing to type.
    package var command: String?
    /// More annotations by name, such as the `consumers` or the command that would `restore` a group's place.
    package var details: [String: String]
    /// How long it has to hold before it is news.
    package var holdMilliseconds: Int64
    /// How long it stays news after it last held.
    package var keepFiringMilliseconds: Int64
    /// The channels that are told; nil: all.
    package var notify: [String]?
    /// Where a target has several servers, the one that the stream is on, or those of a logical stream in one text; nil: the
    /// only one.
    package var node: String?

    package init(
        severity: Severity, what: String, command: String? = nil, details: [String: String] = [:],
        holdMilliseconds: Int64 = 0, keepFiringMilliseconds: Int64 = 0, notify: [String]? = nil
    ) {
        self.severity = severity
        self.what = what
        self.command = command
        self.details = details
        self.holdMilliseconds = holdMilliseconds
        self.keepFiringMilliseconds = keepFiringMilliseconds
        self.notify = notify
    }
}
