package import StreamModel

/// Something about a server of this version, or set up like this, that one would not expect.
package struct ServerTrap: Sendable {
    private let level: DiagnosisLine.Level
    private let text: String
    private let applies: @Sendable (NodeObservation, ServerIdentity) -> Bool

    private init(
        _ level: DiagnosisLine.Level, _ text: String,
        where applies: @escaping @Sendable (NodeObservation, ServerIdentity) -> Bool
    ) {
        self.level = level
        self.text = text
        self.applies = applies
    }

    /// Those that apply to the server; none where it does not say what it is.
    package static func lines(for node: NodeObservation) -> [DiagnosisLine] {
        guard let identity = node.identity else { return [] }
        return all.filter { $0.applies(node, identity) }.map { DiagnosisLine($0.level, $0.text) }
    }

    private static let all = [
        ServerTrap(
            .note,
            "before 6.0: no ACL, so that nobody can be kept to reading; neither SCAN TYPE nor XINFO STREAM FULL, so that each "
                + "key that matches a pattern is asked for its type"
        ) { $1.isBefore(6, 0) },
        ServerTrap(
            .note,
            "before 6.2: no XAUTOCLAIM, so that policies that claim are refused; no errorstats, so that WritesRefused and "
                + "NoGroupErrors never fire"
        ) { $1.isBefore(6, 2) },
        ServerTrap(
            .note, "6.2: XAUTOCLAIM moves entries that were deleted to whoever claims, as nil; from 7.0 it removes them"
        ) { !$1.isBefore(6, 2) && $1.isBefore(7, 0) },
        ServerTrap(
            .note,
            "before 7.0: XINFO tells neither lag nor entries-added nor max-deleted-entry-id; weir derives what it can, and "
                + "more lags are estimates"
        ) { $1.isBefore(7, 0) },
        ServerTrap(
            .warn, "7.0.0 to 7.0.3: a crafted XAUTOCLAIM COUNT may overrun the heap (CVE-2022-31144); fixed in 7.0.4"
        ) { $1.kind == .redis && !$1.isBefore(7, 0) && $1.version < ServerVersion(7, 0, 4) },
        ServerTrap(
            .warn, "8.2.0 to 8.2.2: XACKDEL with many IDs may overrun the stack (CVE-2025-62507); fixed in 8.2.3"
        ) { $1.kind == .redis && !$1.isBefore(8, 2) && $1.version < ServerVersion(8, 2, 3) },
        ServerTrap(
            .note,
            "the lag of XINFO GROUPS goes wrong for good here once entries are trimmed before they were delivered (fixed in "
                + "Redis 7.4.2 and Valkey 8.1); weir's own is derived, and says how sure it is"
        ) { !$1.isBefore(7, 0) && !$1.countsLagThroughTrims },
        ServerTrap(
            .note,
            "the lag of XINFO GROUPS is nil after XDEL of undelivered entries, and that is not 0; weir derives it"
        ) { !$1.isBefore(7, 0) },
        ServerTrap(
            .note,
            "before 7.2: a consumer's idle time goes on while it reads and gets nothing, so that on a quiet stream one that "
                + "lives cannot be told from one that died"
        ) { $1.isBefore(7, 2) },
        ServerTrap(
            .note, "a consumer's idle time counts from the start of its last read: one that waits in BLOCK 0 looks idle"
        ) { !$1.isBefore(7, 2) },
        ServerTrap(
            .note,
            "XNACK: entries that were given back are pending with no consumer, an idle time of -1 and, if fatal, 2^63-1 "
                + "deliveries; weir counts them apart"
        ) { $1.kind == .redis && !$1.isBefore(8, 8) },
        ServerTrap(
            .note, "redis_version says 7.2.4 here, for the sake of old clients; the version is valkey_version"
        ) { $1.kind == .valkey },
        ServerTrap(
            .warn, "maxmemory-policy is allkeys-*: when memory is full, whole streams are evicted, groups and all"
        ) { node, _ in node.memory.eviction == .anyKey },
        ServerTrap(
            .note, "maxmemory-policy is volatile-*: streams that have a time to live may be evicted when memory is full"
        ) { node, _ in node.memory.eviction == .expiringKeys },
        ServerTrap(
            .warn, "it is a replica: idle times and consumers differ from the primary's, where reads are recorded"
        ) { $1.role == "slave" },
    ]
}

extension ServerIdentity {
    /// Forks count from what they were forked from: Valkey and Redict have all of Redis 7.2.
    fileprivate func isBefore(_ major: Int, _ minor: Int) -> Bool {
        switch kind {
        case .redis: version < ServerVersion(major, minor, 0)
        case .valkey, .redict: (major, minor) > (7, 2)
        }
    }
}
