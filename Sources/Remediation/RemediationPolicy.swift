package import StreamModel

/// What is to be done about which groups.
package struct RemediationPolicy: Equatable, Sendable {
    /// No two have the same.
    package var name: String
    /// Nil: as far as the ceiling for all policies allows.
    package var mode: RemediationMode?
    /// Targets by name.
    package var target = Glob("*")
    /// Streams by their keys, or by the name of the logical stream that they are part of.
    package var stream: Glob
    package var group: Glob
    package var action: RemediationAction
    /// What has been pending for less is left alone: at least 1.
    ///
    /// `forget_consumer` is about consumers that are unseen for so long, and for `abandoned_after`: from 0.
    package var minIdleMilliseconds: Int64
    /// Beside those for all policies; nil: no others.
    package var limits = EntryLimits(perCycle: nil, perHour: nil)
    /// The channels that are told of every action.
    package var notify: [String] = []

    package init(
        name: String, mode: RemediationMode? = nil, stream: Glob, group: Glob, action: RemediationAction,
        minIdleMilliseconds: Int64
    ) {
        self.name = name
        self.mode = mode
        self.stream = stream
        self.group = group
        self.action = action
        self.minIdleMilliseconds = minIdleMilliseconds
    }

    /// Whether the policy is about the group.
    ///
    /// Never about the stream that it puts entries into: what went there would be moved again.
    package func covers(stream key: Name, shownAs displayed: Name? = nil, group name: Name) -> Bool {
        guard group.matches(name), stream.matches(key) || displayed.map(stream.matches) == true else { return false }
        return destination != key
    }

    /// Whether the other does the same to the same groups, however much of it and whoever is told.
    func deals(like other: RemediationPolicy) -> Bool {
        var other = other
        (other.mode, other.limits, other.notify) = (mode, limits, notify)
        return self == other
    }

    /// Where entries go; nil where they stay in their stream.
    package var destination: Name? {
        switch action {
        case .requeue(let destination): destination
        case .deadLetter(let destination, _): destination
        case .claim, .forgetConsumer: nil
        }
    }
}

extension [RemediationPolicy] {
    /// Whether any of them is about the group.
    package func cover(stream: Name, shownAs displayed: Name?, group: Name) -> Bool {
        contains { $0.covers(stream: stream, shownAs: displayed, group: group) }
    }
}
