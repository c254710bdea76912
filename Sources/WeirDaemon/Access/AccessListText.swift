import RedisClient
import Remediation
package import Settings

/// What `weir acl` prints.
package enum AccessListText {
    /// The first line is the first target's command and nothing else; what is no command starts with `#`.
    package static func lines(for settings: Settings) -> [String] {
        var lines: [String] = []
        for target in settings.targets {
            let list = AccessList(for: target, settings.remediation)
            if !lines.isEmpty { lines += ["", "# The target \(target.name):"] }
            lines.append(list.command)
            if lines.count == 1 { lines += ["# That is for the target \(target.name)."] + instructions }
            lines += places(of: target)
            lines.append("# Remediation at \(target.name), which is \(settings.remediation.mode.rawValue):")
            lines += list.remediation.map { "#   \($0)" }
        }
        lines += ["", "# What each command is for, and what becomes of that without it:"]
        lines += AccessRight.reading.map { right in
            let commands = right.commands.map { "+\($0)" }.joined(separator: " ")
            return "#   \(commands): \(right.purpose). Without: \(right.otherwise)."
        }
        return lines
    }

    /// Users are not replicated: whoever takes over has to know them.
    private static func places(of target: TargetSettings) -> [String] {
        switch target.topology {
        case .single: []
        case .cluster: ["# Every node of the cluster needs the user, the replicas too."]
        case .sentinel:
            [
                "# The primary and all its replicas need the user. Where the sentinels have users of their own (from 6.2),",
                "# theirs for weir needs no more than: -@all +client|setname +sentinel|get-master-addr-by-name",
            ]
        }
    }

    private static let instructions = [
        "# Put a password in place of CHANGE-ME, and type it into redis-cli. Redis from 6.0 on and Valkey take it as it is;",
        "# only Redis 6.0 does not know xautoclaim. A user weir that is there already keeps what it has: put reset",
        "# before on. ACL SAVE or CONFIG REWRITE keeps the user over a restart of the server.",
        "# weir logs in as it where the target has username: weir and a password_file.",
    ]
}
