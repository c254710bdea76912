import StreamModel

/// What a restart of weir must not forget of one target: losses and deliveries counted so far, groups that had consumers,
/// and since when entries have been pending.
///
/// Windows are not in it: what was not looked at is not known.
package struct TargetMemory: Equatable, Codable, Sendable {
    /// Whose data it is of: of others, nothing holds.
    var dataSource: String
    var database: Int
    var streams: [Name: StreamMemory]
    var events: [StreamEvent]

    private enum CodingKeys: String, CodingKey {
        // As it was called when every target was one server, whose name it still is there.
        case dataSource = "node"
        case database, streams, events
    }

    /// Whether it is of the data that the target holds now.
    package func isOf(_ configuration: TargetState.Configuration) -> Bool {
        dataSource == configuration.dataSource && database == configuration.database
    }
}
