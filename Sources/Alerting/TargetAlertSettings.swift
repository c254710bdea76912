package import StreamModel

/// What the rules need to know of one target.
package struct TargetAlertSettings: Equatable, Sendable {
    /// A group that has to be there.
    package struct ExpectedGroup: Hashable, Sendable {
        package var stream: Name
        package var group: Name

        package init(stream: Name, group: Name) {
            self.stream = stream
            self.group = group
        }
    }

    /// How long nothing may be added to the streams that `match` matches.
    package struct Silence: Hashable, Sendable {
        package var match: Glob
        package var maxMilliseconds: Int64

        package init(match: Glob, maxMilliseconds: Int64) {
            self.match = match
            self.maxMilliseconds = maxMilliseconds
        }
    }

    package static let defaultDeadLetters = [Glob("*:dead*"), Glob("*dlq*"), Glob("dead_letters")]

    /// On this target's alerts; they beat those that are on every alert.
    package var labels: [String: String] = [:]
    package var deadLetters = Self.defaultDeadLetters
    package var expected: [ExpectedGroup] = []
    /// Where several match, the first counts.
    package var silences: [Silence] = []
    /// In force where the server has no `maxmemory`.
    package var memoryLimitBytes: Int64?
    /// How often it is polled.
    package var intervalMilliseconds: Int64 = 5000
    /// How far weir looks back; so long something that happened at once is news.
    package var windowMilliseconds: Int64 = 60_000

    /// Whether this weir tells of the target's servers: of several that share its streams, one does.
    package var judgesServers = true

    package init() {}
}
