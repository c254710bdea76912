import RedisClient
package import Remediation
import Sampling
package import Settings
import StreamModel

/// The least that weir's user has to be allowed at one target, as every Redis from 6.0 on and every Valkey takes it.
package struct AccessList: Equatable, Sendable {
    /// In their order, without the plus.
    private let commands: [String]
    /// Patterns of keys, as they are typed into redis-cli.
    private let keys: [String]
    /// What remediation needs, in lines for a person.
    package let remediation: [String]

    package init(for target: TargetSettings, _ settings: RemediationSettings) {
        let policies = settings.policies(at: target.name)
        var commands = Self.reading(at: target).flatMap(\.commands)
        for policy in policies {
            let needed = AccessRight.commands(for: policy.action.kind, in: settings.mode(of: policy))
            commands += needed.filter { !commands.contains($0) }
        }
        self.commands = commands
        keys = Self.patterns(Self.keys(of: target, policies))
        remediation = RemediationAction.Kind.allCases.map { Self.line(about: $0, policies, settings) }
    }

    /// What sampling needs at the target.
    static func reading(at target: TargetSettings) -> [AccessRight] {
        let selection = StreamSelection(patterns: target.streams, exclude: target.exclude, limit: target.maxStreams)
        return AccessRight.reading.filter { right in
            switch right.commands {
            case ["cluster|slots"], ["asking"], ["cluster|nodes"]: target.topology.isCluster
            case ["select"]: target.topology.access.database != 0
            case ["scan"]: selection.needsScan
            default: true
            }
        }
    }

    /// The command that gives a user what it lacks of this: the commands, and the patterns of those keys; nil: nothing.
    static func grant(
        _ commands: [String], on keys: Set<Name>, of target: TargetSettings, _ settings: RemediationSettings,
        to user: String
    ) -> String? {
        guard !keys.isEmpty || !commands.isEmpty else { return nil }
        let own = Self.keys(of: target, settings.policies(at: target.name))
        // A policy may be about a stream that is not watched.
        let others = keys.filter { key in !own.contains { $0.matches(key) } }.sorted()
        let lacking = own.filter { keys.contains(where: $0.matches) } + others.map(Glob.init(exactly:))
        return (["ACL SETUSER", Name(user).quoted] + patterns(lacking) + commands.map { "+\($0)" }).joined(
            separator: " ")
    }

    private static func keys(of target: TargetSettings, _ policies: [RemediationPolicy]) -> [Glob] {
        target.streams + policies.compactMap(\.destination).map(Glob.init(exactly:))
    }

    /// The command, complete but for the password.
    package var command: String {
        (["ACL SETUSER weir on >CHANGE-ME"] + keys + ["-@all"] + commands.map { "+\($0)" }).joined(separator: " ")
    }

    /// After the one that matches every key, Redis takes no other.
    private static func patterns(_ globs: [Glob]) -> [String] {
        let every = Glob("*")
        var seen: Set<String> = []
        return (globs.contains(every) ? [every] : globs)
            .map { Name([UInt8(ascii: "~")] + $0.keyPattern).quoted }.filter { seen.insert($0).inserted }
    }

    private static func line(
        about action: RemediationAction.Kind, _ policies: [RemediationPolicy], _ settings: RemediationSettings
    ) -> String {
        let policies = policies.filter { $0.action.kind == action }
        let acting = AccessRight.commands(for: action, in: .act).map { "+\($0)" }.joined(separator: " ")
        let names = policies.map(\.name).joined(separator: ", ")
        let key = action == .requeue || action == .deadLetter ? ", and the key of a to_stream" : ""
        switch policies.map(settings.mode).max() {
        case .act?:
            return
                "\(action.rawValue) (\(names)): \(acting)\(key). Without that the server refuses, and nothing is changed."
        case .dryRun?:
            return "\(action.rawValue) (\(names)) is in dry-run and only reads. To act it needs \(acting)\(key)."
        case .off?, nil: return "\(action.rawValue) is not configured here. It would need \(acting)\(key)."
        }
    }
}

extension Glob {
    /// As a pattern of a user's keys, in which Redis takes no white space: `?` stands for that, and matches more.
    fileprivate var keyPattern: [UInt8] {
        var output: [UInt8] = []
        var rest = pattern[...]
        while let byte = rest.popFirst() {
            var part = [byte]
            if byte == UInt8(ascii: "\\"), let literal = rest.popFirst() {
                part.append(literal)
            } else if byte == UInt8(ascii: "[") {
                while part.last != UInt8(ascii: "]"), let next = rest.popFirst() { part.append(next) }
            }
            output += part.contains(where: Self.isSpace) ? [UInt8(ascii: "?")] : part
        }
        return output
    }

    /// As `isspace` of C has it; NUL, which Redis does not take either, is one.
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte) || byte == 0
    }
}
