/// One server's own figures, from one `INFO`.
///
/// What a server does not report (an old one, a managed one that cuts its `INFO` down) is nil.
package struct NodeObservation: Equatable, Sendable {
    package var identity: ServerIdentity?
    /// Whether it is a node of a cluster, and holds only a part of the keys.
    package var isInCluster: Bool?
    package var memory = Memory()
    package var clients = Clients()
    package var persistence = Persistence()
    package var replicas: [Replica] = []
    package var connectedReplicas: Int64?
    package var evictedKeys: Int64?
    package var uptimeSeconds: Int64?
    /// Errors answered since the server's start by their first word (`NOGROUP`, `OOM`), from 6.2.
    package var errors: [String: Int64] = [:]

    package init() {}

    package struct Memory: Equatable, Sendable {
        package var usedBytes: Int64?
        package var residentBytes: Int64?
        /// `maxmemory`; 0 where there is no limit.
        package var maxBytes: Int64?
        /// `maxmemory_policy`, as the server writes it.
        package var policy: String?

        package init() {}
    }

    package struct Clients: Equatable, Sendable {
        package var connected: Int64?
        package var blocked: Int64?

        package init() {}
    }

    package struct Persistence: Equatable, Sendable {
        package var lastSaveSucceeded: Bool?
        package var changesSinceLastSave: Int64?
        /// Unix seconds; the server's start counts as a save.
        package var lastSaveSeconds: Int64?
        package var appendOnlyEnabled: Bool?
        package var lastAppendOnlyWriteSucceeded: Bool?
        /// The data set is being read from disk: commands on keys answer `-LOADING`.
        package var loading: Bool?

        package init() {}
    }

    package struct Replica: Equatable, Sendable {
        package var address: String
        package var port: String
        package var state: String
        package var lagSeconds: Int64

        package init(address: String, port: String, state: String, lagSeconds: Int64) {
            self.address = address
            self.port = port
            self.state = state
            self.lagSeconds = lagSeconds
        }
    }
}
