/// The servers of a target that a poll has found, as one of its streams sees them.
package struct LiveServers: Equatable, Sendable {
    /// The one that the stream is on; nil where it would not tell what it is.
    package var own: ServerIdentity?
    /// The runs of all of them: a stream that another of them held at the last look has moved here with all that it had.
    package var runIDs: Set<String>

    package init(own: ServerIdentity?, runIDs: Set<String>) {
        self.own = own
        self.runIDs = runIDs
    }

    /// The only server of a target.
    package init(only server: ServerIdentity?) {
        self.init(own: server, runIDs: Set(server.map { [$0.runID] } ?? []))
    }
}
