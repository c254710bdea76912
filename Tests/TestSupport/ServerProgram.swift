internal import Glibc

/// A version of Redis or Valkey that integration tests run on.
package struct ServerProgram: Sendable, CustomStringConvertible {
    package let name: String
    /// What starts it, before its own arguments.
    package let command: [String]

    /// Those that `scripts/fetch-servers` has unpacked; where it has none, the system's own.
    package static let all: [ServerProgram] = {
        let folder = ProjectFile.path(".servers")
        let unpacked = names.map { ServerProgram(name: $0, command: ["\(folder)/\($0)/server"]) }.filter(\.isThere)
        return unpacked.isEmpty ? [system] : unpacked
    }()

    /// The machine's own, of Debian 12 or later: Redis 7.0 at least.
    package static let system = ServerProgram(name: "system", command: ["redis-server"])

    /// Those that are not there.
    ///
    /// Tests that cannot run on them say so.
    package static let missing: [String] = names.filter { name in !all.contains { $0.name == name } }

    package var description: String { name }

    private static let names = ["redis-6.0", "redis-7.0", "redis-8.0", "valkey-8.0", "valkey-8.1", "valkey-9.1"]

    private var isThere: Bool { unsafe access(command[0], X_OK) == 0 }
}
