package import StreamModel

/// Which of a target's streams are this weir's, where several share them.
package struct StreamShare: Equatable, Sendable {
    private let shard: Shard
    private let target: String
    private let logicalStreams: LogicalStreams

    package init(_ shard: Shard, of target: String, logicalStreams: LogicalStreams) {
        self.shard = shard
        self.target = target
        self.logicalStreams = logicalStreams
    }

    func holds(_ name: Name) -> Bool {
        shard.owns(logicalStreams.displayedName(of: name), of: target)
    }
}
