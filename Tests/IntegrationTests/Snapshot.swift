import FoundationEssentials
import TestSupport

/// `/api/v1/snapshot` as somebody who wants little of it reads it.
struct Snapshot: Decodable, Sendable {
    struct Target: Decodable {
        var name: String
        var up: Bool
        var error: String?
        var streams: [Stream]
        var events: [Event]
    }

    struct Event: Decodable {
        var event: String
        var stream: String
        var group: String?
        var entries: Int?
    }

    struct Stream: Decodable {
        var stream: String
        var node: String
        var length: Int?
        var error: String?
        var groups: [Group]
    }

    struct Group: Decodable {
        var group: String
        var status: String
        var lag: Lag
        var pending: Pending
        var consumers: [Consumer]
    }

    struct Consumer: Decodable {
        var consumer: String
        var status: String?
    }

    struct Lag: Decodable {
        var entries: Int?
        var state: String
        var reported: Int?
    }

    struct Pending: Decodable {
        var entries: Int
    }

    var schema: Int
    var targets: [Target]

    /// The stream of that name, of the only target.
    func stream(_ name: String) -> Stream? {
        targets.first?.streams.first { $0.stream == name }
    }
}

extension WeirProcess {
    func snapshot() async throws -> Snapshot {
        let reply = try await request("GET", "/api/v1/snapshot")
        return try JSONDecoder().decode(Snapshot.self, from: Data(reply.body))
    }
}
