import Remediation

/// Something that weir's user may be allowed, and what that is for.
struct AccessRight: Equatable, Sendable {
    /// As `ACL SETUSER` has them, a subcommand behind a bar.
    let commands: [String]
    let purpose: String
    /// What weir cannot do where it is not allowed: a sentence without its stop, which is clear by itself.
    let otherwise: String

    /// All that sampling asks; nothing of it changes anything.
    static let reading = [
        AccessRight(
            commands: ["info"], purpose: "the server's memory, replicas, persistence, role and version",
            otherwise:
                "weir knows nothing of the server itself: no alert about memory, persistence, replicas or refused "
                + "writes fires, and restarts are harder to see"),
        AccessRight(
            commands: ["time"], purpose: "ages, by the server's own clock",
            otherwise: "weir cannot tell how old any entry is: no lag in seconds, so that LagHigh does not fire by it"),
        AccessRight(
            commands: ["scan"], purpose: "streams by pattern",
            otherwise: "weir finds no stream by a pattern, and watches only those that are named outright"),
        AccessRight(
            commands: ["type"], purpose: "whether a name that is no stream has become one",
            otherwise:
                "weir asks for names that are no stream as if they were, at each poll, and the server counts the "
                + "errors"),
        AccessRight(
            commands: ["xlen"], purpose: "the length of a stream without its entries",
            otherwise: "weir can sample streams with large entries only once in 200 polls; until then each is an error"),
        AccessRight(
            commands: ["xinfo|stream"], purpose: "IDs and counters, from which lags, rates and losses are derived",
            otherwise: "weir knows lengths, groups and the server's own lag, and no rates, losses or rollbacks"),
        AccessRight(
            commands: ["xinfo|groups"], purpose: "groups, their places and lags",
            otherwise:
                "weir asks XINFO STREAM FULL in its place, which costs the server more; where that is denied, too, no "
                + "stream can be sampled"),
        AccessRight(
            commands: ["xinfo|consumers"], purpose: "consumers and their statuses",
            otherwise:
                "weir cannot tell who reads, nor that a consumer is stale or stuck; each group with consumers is an "
                + "error"),
        AccessRight(
            commands: ["xpending"], purpose: "how long entries are pending, and how often they were delivered",
            otherwise: "weir cannot tell how long entries are pending, nor find poisoned ones; each group with pending "
                + "entries is an error"),
        AccessRight(
            commands: ["xrange"], purpose: "the age of the first undelivered entry, and lags that have to be counted",
            otherwise:
                "weir cannot tell how many seconds most groups are behind, so that LagHigh may not fire; more lags are "
                + "estimates; weir trace cannot tell whether an entry is there"),
        AccessRight(
            commands: ["memory|usage"], purpose: "the memory of each stream",
            otherwise:
                "weir cannot tell what memory each stream takes, so that StreamUntrimmed does not fire; new streams are "
                + "looked at four at a time"),
        AccessRight(
            commands: ["pttl"], purpose: "whether streams may be evicted, where maxmemory-policy is volatile-*",
            otherwise: "weir cannot tell which streams have a time to live: where maxmemory-policy is volatile-*, "
                + "EvictionEndangersStreams does not fire; elsewhere nothing is missing"),
        AccessRight(
            commands: ["cluster|slots"], purpose: "which node of a cluster has which stream",
            otherwise: "weir can read nothing of the cluster"),
        AccessRight(
            commands: ["asking"], purpose: "streams whose slot is on its way to another node of a cluster",
            otherwise: "weir cannot read a stream while its slot is on its way to another node"),
        AccessRight(
            commands: ["cluster|nodes"], purpose: "nodes of a cluster that serve no slot yet",
            otherwise: "weir does not show nodes that serve no slot yet"),
        AccessRight(
            commands: ["select"], purpose: "a database other than 0",
            otherwise: "weir can read nothing of the database that the URL names"),
        AccessRight(
            commands: ["client|setname"], purpose: "weir's name in CLIENT LIST",
            otherwise: "weir's connections have no name in CLIENT LIST; nothing else is missing"),
    ]

    /// What an action needs beside the commands of sampling.
    static func commands(for action: RemediationAction.Kind, in mode: RemediationMode) -> [String] {
        switch (mode, action) {
        case (.off, _): []
        // Whether the server knows XAUTOCLAIM.
        case (.dryRun, .claim): ["command|info"]
        case (.dryRun, _): []
        case (.act, .claim): ["xautoclaim"]
        case (.act, .requeue), (.act, .deadLetter): ["evalsha", "eval", "xack", "xadd"]
        case (.act, .forgetConsumer): ["evalsha", "eval", "xgroup|delconsumer"]
        }
    }
}

extension AccessRight {
    /// What is lost where this command, such as `XINFO STREAM`, is denied.
    static func denial(of command: String) -> String {
        let loss = AccessRight(toRead: command).map { ", which is for \($0.purpose): \($0.otherwise)" } ?? ""
        return "\(command) is denied\(loss)"
    }

    /// The right to a command of sampling, such as `XINFO STREAM`.
    init?(toRead command: String) {
        let right = command.lowercased().split(separator: " ").joined(separator: "|")
        guard let found = Self.reading.first(where: { $0.commands.contains(right) }) else { return nil }
        self = found
    }
}
