import StreamModel

/// What a restart of weir must not forget of one target: losses and deliveries counted so far, groups that had consumers,
/// and since when entries have been pending.
///
/// Windows are not in it: what was not looked at is not known.
package struct TargetMemory: Equatable, Codable, Sendable {
    /// The server that it is of: of another, nothing holds.
    var node: String
    var database: Int
    var streams: [Name: StreamMemory]
    var events: [StreamEvent]

    /// Whether it is of the server that the target is now.
    package func isOf(_ configuration: TargetState.Configuration) -> Bool {
        node == configuration.node && database == configuration.database
    }
}
