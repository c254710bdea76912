internal import Glibc

/// A version of Redis or Valkey that integration tests run on.
package struct ServerProgram: Sendable, CustomStringConvertible {
    package let name: String
    /// What starts it, before its own arguments.
    package let command: [String]

    /// Those that `scripts/fetch-servers` has unpacked; where it has none, the system's own; where `WEIR_TEST_SERVER`
    /// names one, that alone.
    package static let all: [ServerProgram] = {
        if let chosen { return [chosen] }
        let known = unpacked
        return known.isEmpty ? [system] : known
    }()

    /// What tests run on that need no more than one: the machine's own, of Debian 12 or later, which is Redis 7.0 at least;
    /// where `WEIR_TEST_SERVER` names one, that.
    package static let system = chosen ?? ServerProgram(name: "system", command: ["redis-server"])

    /// Those that are not there, and were to be.
    ///
    /// Tests that cannot run on them say so.
    package static let missing: [String] = {
        let there = unpacked.map(\.name)
        return chosen == nil ? names.filter { !there.contains($0) } : []
    }()

    package var description: String { name }

    /// From Redis 7.0: `entries-added`, `max-deleted-entry-id`, `entries-read` and `lag`.
    package var countsEntries: Bool { name != "redis-6.0" }

    /// From Redis 6.2: XAUTOCLAIM, XGROUP CREATECONSUMER, XTRIM MINID, channels in ACLs, and sentinels with ACLs.
    package var isFrom62: Bool { name != "redis-6.0" }

    /// From Redis 7.0: `cluster-announce-hostname`.
    package var knowsHostnames: Bool { name != "redis-6.0" }

    /// What lets DEBUG be used: before Redis 7.0 nothing has to.
    package var debugging: [String] { countsEntries ? ["--enable-debug-command", "local"] : [] }

    package var isValkey: Bool { name.hasPrefix("valkey") }

    private static let chosen: ServerProgram? = unsafe getenv("WEIR_TEST_SERVER").map { name in
        unpacked(unsafe String(cString: name))
    }

    private static let unpacked = names.map { unpacked($0) }.filter(\.isThere)

    private static func unpacked(_ name: String) -> ServerProgram {
        ServerProgram(name: name, command: [ProjectFile.path(".servers/\(name)/server")])
    }

    private static let names = ["redis-6.0", "redis-7.0", "redis-8.0", "valkey-8.0", "valkey-8.1", "valkey-9.1"]

    private var isThere: Bool { unsafe access(command[0], X_OK) == 0 }
}
