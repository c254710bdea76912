import Inspection
import StreamModel
import Testing

@Suite("What one would not expect of a server")
struct ServerTrapTests {
    private func lines(
        _ kind: ServerIdentity.Kind, _ version: ServerVersion, role: String = "master", policy: String? = nil,
        limit: Int64 = 0
    ) -> [DiagnosisLine] {
        var node = NodeObservation()
        node.identity = ServerIdentity(kind: kind, version: version, role: role, runID: "a")
        (node.memory.policy, node.memory.maxBytes) = (policy, limit)
        return ServerTrap.lines(for: node)
    }

    private static let about = [
        "no ACL", "no XAUTOCLAIM", "as nil", "neither lag", "CVE-2022-31144", "CVE-2025-62507", "goes wrong for good",
        "is nil after XDEL", "while it reads and gets nothing", "BLOCK 0", "XNACK", "redis_version says",
    ]

    @Test(
        "goes by its version and its kind",
        arguments: [
            (.redis, ServerVersion(5, 0, 14), [0, 1, 3, 8]), (.redis, ServerVersion(6, 0, 16), [1, 3, 8]),
            (.redis, ServerVersion(6, 2, 14), [2, 3, 8]), (.redis, ServerVersion(7, 0, 3), [4, 6, 7, 8]),
            (.redis, ServerVersion(7, 0, 15), [6, 7, 8]), (.redis, ServerVersion(7, 2, 5), [6, 7, 9]),
            (.redis, ServerVersion(7, 4, 2), [7, 9]), (.redis, ServerVersion(8, 0, 2), [7, 9]),
            (.redis, ServerVersion(8, 2, 2), [5, 7, 9]), (.redis, ServerVersion(8, 2, 3), [7, 9]),
            (.redis, ServerVersion(8, 8, 0), [7, 9, 10]), (.valkey, ServerVersion(7, 2, 5), [6, 7, 9, 11]),
            (.valkey, ServerVersion(8, 0, 1), [6, 7, 9, 11]), (.valkey, ServerVersion(8, 1, 0), [7, 9, 11]),
            (.valkey, ServerVersion(9, 1, 0), [7, 9, 11]), (.redict, ServerVersion(7, 3, 0), [6, 7, 9]),
        ] as [(ServerIdentity.Kind, ServerVersion, [Int])])
    func versions(kind: ServerIdentity.Kind, version: ServerVersion, expected: [Int]) {
        let lines = lines(kind, version)
        let found = Self.about.indices.filter { index in lines.contains { $0.text.contains(Self.about[index]) } }
        #expect(found == expected)
        #expect(lines.count == expected.count)
    }

    @Test("goes by what it evicts, and by its role")
    func settings() {
        let version = ServerVersion(8, 0, 2)
        #expect(lines(.redis, version, policy: "allkeys-lru", limit: 1).last?.level == .warn)
        #expect(lines(.redis, version, policy: "allkeys-lru").count == 2)
        #expect(lines(.redis, version, policy: "volatile-ttl", limit: 1).last?.level == .note)
        #expect(lines(.redis, version, role: "slave").last?.text.hasPrefix("it is a replica") == true)
    }

    @Test("is nothing where a server does not say what it is")
    func unknown() {
        #expect(ServerTrap.lines(for: NodeObservation()) == [])
    }
}
