package import StreamModel

/// What was seen of one entry, and of every group that was or is to be given it, at one moment.
package struct EntryLook: Equatable, Sendable {
    package var id: StreamID
    package var server: ServerIdentity?
    /// The server's clock; nil where it would not tell.
    package var serverTime: Timestamp?
    package var stream: StreamObservation
    /// Whether the entry is there; nil where that may not be asked.
    package var isPresent: Bool?
    /// The entries after it, where they were counted.
    package var later: EntryCount?
    /// By name.
    package var groups: [GroupEntryLook]
    /// How many more groups there are.
    package var groupsLeftOut: Int
    /// What the server would not tell.
    package var refusals: [SampleError]

    package init(
        id: StreamID, server: ServerIdentity? = nil, serverTime: Timestamp? = nil, stream: StreamObservation,
        isPresent: Bool?, later: EntryCount? = nil, groups: [GroupEntryLook] = [], groupsLeftOut: Int = 0,
        refusals: [SampleError] = []
    ) {
        self.id = id
        self.server = server
        self.serverTime = serverTime
        self.stream = stream
        self.isPresent = isPresent
        self.later = later
        self.groups = groups
        self.groupsLeftOut = groupsLeftOut
        self.refusals = refusals
    }

    /// Whether a group came by while it was looked at, so that another look would tell more.
    var isMoving: Bool { groups.contains { $0.isMoving(past: id) } }
}
