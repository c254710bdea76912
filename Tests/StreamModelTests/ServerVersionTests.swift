import StreamModel
import Testing

@Suite("A server's version")
struct ServerVersionTests {
    @Test(
        "is read from what servers say",
        arguments: [
            ("7.0.15", ServerVersion(7, 0, 15)), ("8.0.0", ServerVersion(8, 0, 0)), ("7.4", ServerVersion(7, 4, 0)),
            ("8", ServerVersion(8, 0, 0)), ("7.9.226-rc1", ServerVersion(7, 9, 226)),
            ("8.2-int", ServerVersion(8, 2, 0)), ("255.255.255", ServerVersion(255, 255, 255)),
            ("6.2.14.1", ServerVersion(6, 2, 14)), ("7.x.3", ServerVersion(7, 0, 3)), ("", nil), ("unstable", nil),
            ("v7.0", nil), ("-7.0", nil), ("٧.0", nil), ("99999999999999999999.0", nil),
        ] as [(String, ServerVersion?)])
    func parses(text: String, version: ServerVersion?) {
        #expect(ServerVersion(text) == version)
    }

    @Test("is compared number by number, and printed in full")
    func order() {
        let ascending = ["5.0.14", "6.2.9", "6.2.14", "7.0.0", "7.4.2", "7.10.0", "8.0.0"].compactMap {
            ServerVersion($0)
        }
        #expect(ascending.shuffled().sorted() == ascending)
        #expect(ascending.map(\.description).first == "5.0.14")
        #expect(ServerVersion(8, 0, 0).description == "8.0.0")
    }

    @Test(
        "tells whether the server counts its lag through trims",
        arguments: [
            (.redis, "6.0.20", false), (.redis, "7.0.15", false), (.redis, "7.4.1", false), (.redis, "7.4.2", true),
            (.redis, "8.0.0", true), (.valkey, "7.2.9", false), (.valkey, "8.0.6", false), (.valkey, "8.1.0", true),
            (.valkey, "9.1.0", true), (.redict, "7.3.5", false), (.redict, "9.0.0", false),
        ] as [(ServerIdentity.Kind, String, Bool)])
    func lagThroughTrims(kind: ServerIdentity.Kind, version: String, counts: Bool) throws {
        let version = try #require(ServerVersion(version))
        let identity = ServerIdentity(kind: kind, version: version, role: "master", runID: "")
        #expect(identity.countsLagThroughTrims == counts)
    }
}
