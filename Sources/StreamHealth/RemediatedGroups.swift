package import StreamModel

/// Groups for which a policy that is in force moves entries, by this weir or by another one beside it.
package struct RemediatedGroups: Equatable, Sendable {
    /// Streams by their keys, or by the name of the logical stream that they are part of.
    package var stream: Glob
    package var group: Glob
    /// The stream that the policy puts entries into, which it takes none from; nil: there is no other stream.
    package var destination: Name?
    /// What has been pending for less is left alone.
    package var minIdleMilliseconds: Int64

    package init(stream: Glob, group: Glob, destination: Name? = nil, minIdleMilliseconds: Int64) {
        self.stream = stream
        self.group = group
        self.destination = destination
        self.minIdleMilliseconds = minIdleMilliseconds
    }

    func contains(stream key: Name, shownAs displayed: Name?, group name: Name) -> Bool {
        guard destination != key, group.matches(name) else { return false }
        return stream.matches(key) || displayed.map(stream.matches) == true
    }
}
