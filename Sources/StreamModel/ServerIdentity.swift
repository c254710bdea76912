/// What a server says it is (`INFO server`, `INFO replication`).
package struct ServerIdentity: Equatable, Sendable {
    /// The software.
    ///
    /// Valkey and Redict answer `redis_version:7.2.4` for the sake of old clients, so it is told by the fields that
    /// only they have.
    package enum Kind: String, Sendable {
        case redis, valkey, redict
    }

    package var kind: Kind
    package var version: ServerVersion
    /// `master`, `slave`, as the server writes it; `sentinel` never gets this far.
    package var role: String
    /// Differs after every start of the server.
    package var runID: String

    package init(kind: Kind, version: ServerVersion, role: String, runID: String) {
        self.kind = kind
        self.version = version
        self.role = role
        self.runID = runID
    }

    /// Whether the server's lag counters are right wherever the reply is plausible.
    ///
    /// Redis before 7.4.2 and Valkey before 8.1 lose count for good once entries are trimmed before they were
    /// delivered (redis#13338, #13473; valkey#1952).
    package var countsLagThroughTrims: Bool {
        switch kind {
        case .redis: version >= ServerVersion(7, 4, 2)
        case .valkey: version >= ServerVersion(8, 1, 0)
        case .redict: false
        }
    }
}
