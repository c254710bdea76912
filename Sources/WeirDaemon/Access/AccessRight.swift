import Remediation

/// Something that weir's user may be allowed, and what that is for.
struct AccessRight: Equatable, Sendable {
    /// As `ACL SETUSER` has them, a subcommand behind a bar.
    let commands: [String]
    let purpose: String
    /// What becomes of that where it is not allowed.
    let otherwise: String

    /// All that sampling asks; nothing of it changes anything.
    static let reading = [
        AccessRight(
            commands: ["info"], purpose: "the server's memory, replicas, role and kind",
            otherwise: "none of these figures"),
        AccessRight(
            commands: ["time"], purpose: "ages, by the server's own clock", otherwise: "no ages of entries"),
        AccessRight(
            commands: ["scan"], purpose: "streams by pattern", otherwise: "only streams that are named outright"),
        AccessRight(
            commands: ["type"], purpose: "whether a name that is no stream has become one",
            otherwise: "such names are asked for in vain at each poll, and the server counts the errors"),
        AccessRight(
            commands: ["xlen"], purpose: "the length of a stream without its entries",
            otherwise: "streams with large entries are an error while these are not looked at"),
        AccessRight(
            commands: ["xinfo|stream"], purpose: "IDs and counters, from which lags, rates and losses are derived",
            otherwise: "length, groups and the server's own lag remain"),
        AccessRight(
            commands: ["xinfo|groups"], purpose: "groups, their places and lags",
            otherwise: "XINFO STREAM FULL tells, which is dearer"),
        AccessRight(
            commands: ["xinfo|consumers"], purpose: "consumers and their statuses",
            otherwise: "an error of each group that has some"),
        AccessRight(
            commands: ["xpending"], purpose: "how long entries are pending, and how often they were delivered",
            otherwise: "an error of each group that has some pending"),
        AccessRight(
            commands: ["xrange"], purpose: "the age of the first undelivered entry, and lags that have to be counted",
            otherwise: "no lag in seconds, and those lags stay estimates"),
        AccessRight(
            commands: ["memory|usage"], purpose: "the memory of each stream",
            otherwise: "that is not known, and new streams are looked at four at a time"),
        AccessRight(
            commands: ["pttl"], purpose: "whether streams may be evicted, where maxmemory-policy is volatile-*",
            otherwise: "that is not known there"),
        AccessRight(
            commands: ["cluster|slots", "asking"], purpose: "which node of a cluster has which stream",
            otherwise: "nothing of a cluster can be read, or no stream that is on its way to another node"),
        AccessRight(
            commands: ["cluster|nodes"], purpose: "nodes of a cluster that serve no slot yet",
            otherwise: "these are not shown"),
        AccessRight(
            commands: ["select"], purpose: "a database other than 0", otherwise: "nothing of it can be read"),
        AccessRight(
            commands: ["client|setname"], purpose: "weir's name in CLIENT LIST", otherwise: "its connections have none"),
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
