import StreamModel

/// What a restart of weir must not forget of one stream.
struct StreamMemory: Equatable, Codable, Sendable {
    var sighting: StreamState.Sighting?
    var groups: [Name: GroupMemory]
    var vanished: [VanishedGroup]
}
