/// The sentinels that watch a primary, and how to speak to it.
package struct SentinelTopology: Hashable, Sendable {
    /// In the order in which they are asked; at least one.
    package var sentinels: [RedisEndpoint]
    /// What the sentinels call the primary: `mymaster`.
    package var primaryName: String
    /// For the primary itself.
    package var access: RedisAccess

    package init(sentinels: [RedisEndpoint], primaryName: String, access: RedisAccess) {
        self.sentinels = sentinels
        self.primaryName = primaryName
        self.access = access
    }
}
