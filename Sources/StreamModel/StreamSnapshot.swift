/// One stream, as last seen.
package struct StreamSnapshot: Equatable, Sendable {
    package var name: Name
    package var database: Int
    package var node: String
    /// Why the last attempt to sample it failed; its figures are then left out.
    package var error: SampleError?
    package var sampleAgeSeconds: Double
    package var figures: Figures?
    /// By name.
    package var groups: [GroupSnapshot]

    package init(
        name: Name, database: Int, node: String, error: SampleError?, sampleAgeSeconds: Double, figures: Figures?,
        groups: [GroupSnapshot]
    ) {
        self.name = name
        self.database = database
        self.node = node
        self.error = error
        self.sampleAgeSeconds = sampleAgeSeconds
        self.figures = figures
        self.groups = groups
    }

    package struct Figures: Equatable, Sendable {
        package var length: Int64
        package var counters: StreamCounters
        /// By the server's clock; nil where the stream is empty or its IDs are not a clock's.
        package var firstEntryAgeSeconds: Double?
        package var lastEntryAgeSeconds: Double?

        package init(
            length: Int64, counters: StreamCounters, firstEntryAgeSeconds: Double?, lastEntryAgeSeconds: Double?
        ) {
            self.length = length
            self.counters = counters
            self.firstEntryAgeSeconds = firstEntryAgeSeconds
            self.lastEntryAgeSeconds = lastEntryAgeSeconds
        }
    }
}
