package import StreamModel

extension TargetState {
    package struct Configuration: Equatable, Sendable {
        package var name: String
        /// What its servers are called as long as none of them is known.
        package var node: String
        /// The same as long as its servers hold the same data, whichever they are.
        package var dataSource: String
        package var database: Int
        package var consumerSeries: Int
        /// A target that could not be polled for so long has no stream series any more: old figures would lie.
        package var staleAfterMilliseconds: Int64
        package var health: HealthSettings
        /// What the memory runway of each server is counted to where it has no `maxmemory`.
        package var memoryLimitBytes: Int64?
        package var logicalStreams: LogicalStreams

        /// Without a `dataSource` the data are those of the one server `node`.
        package init(
            name: String, node: String, dataSource: String? = nil, database: Int, consumerSeries: Int,
            staleAfterMilliseconds: Int64, health: HealthSettings = HealthSettings(), memoryLimitBytes: Int64? = nil,
            logicalStreams: LogicalStreams = LogicalStreams([])
        ) {
            self.name = name
            self.node = node
            self.dataSource = dataSource ?? node
            self.database = database
            self.consumerSeries = consumerSeries
            self.staleAfterMilliseconds = staleAfterMilliseconds
            self.health = health
            self.memoryLimitBytes = memoryLimitBytes
            self.logicalStreams = logicalStreams
        }
    }
}
