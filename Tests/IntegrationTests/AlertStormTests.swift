import Synchronization
import TestSupport
import Testing

/// Delivery at least once, with the process killed again and again and a receiver that mostly fails.
@Suite("A storm of alerts", .serialized)
struct AlertStormTests {
    private static let incidents = 200
    private static let kills = 100
    private static let phases = 10

    /// Groups that are expected, and that are there in every second phase.
    private struct Stage {
        let server: RedisServer
        let client: ServerCommands
        let receiver: WebhookReceiver
        /// Answers that the receiver has taken.
        let taken = TakenRequests()

        init(seed: UInt64) async throws {
            server = try await RedisServer()
            client = try await server.client()
            for number in 0..<incidents {
                try await client.send("XADD", "s\(number)", "*", "f", "v")
                try await client.send("XGROUP", "CREATE", "s\(number)", "g", "0")
            }
            let random = Mutex(SplitMix64(seed: seed))
            let taken = taken
            receiver = try WebhookReceiver { request in
                let choice = random.withLock { Int.random(in: 0..<12, using: &$0) }
                switch choice {
                case 0...3:
                    taken.add(request)
                    return .reply()
                case 4...6: return .reply(500)
                case 7, 8: return .reply(503, headers: ["Retry-After: 0"])
                case 9: return .reset
                case 10: return .hangUp
                // It has been taken, but weir never learns of it.
                default:
                    taken.add(request)
                    return .bytesThenHangUp(Array("HTTP/1.1 2".utf8))
                }
            }
        }

        func setPresent(_ isPresent: Bool) async throws {
            for number in 0..<incidents {
                if isPresent {
                    try await client.send("XGROUP", "CREATE", "s\(number)", "g", "0")
                } else {
                    try await client.send("XGROUP", "DESTROY", "s\(number)", "g")
                }
            }
        }

        func weir() async throws -> WeirProcess {
            let expected = (0..<incidents).map { "{stream: s\($0), group: g}" }.joined(separator: ", ")
            let text =
                configuration(server.target("test", "streams: [\"s*\"], expect: [\(expected)]"))
                    + """
                    state_dir: \(server.folder.path)/state
                    rules: {MemoryUnlimited: false, GroupMissing: {for: 0s}}
                    channels:
                      - {name: ops, type: webhook, url: "\(receiver.url())", timeout: 2s}

                    """
            return try await WeirProcess([
                "--config", try server.folder.write(text, to: "weir.yaml"), "--listen", "127.0.0.1:0",
            ])
        }

        /// How many of the groups the file says to be missing, and how many notifications it holds.
        func record() throws -> (firing: Int, waiting: Int) {
            let content = try JSONValue(reading: server.folder.read("state/alerts.json"))["content"]
            guard case .array(let active)? = content?["active"], case .array(let outbox)? = content?["outbox"] else {
                return (-1, -1)
            }
            return (active.filter { $0["phase"] == .string("firing") }.count, outbox.count)
        }
    }

    /// What a receiver has taken, in order.
    private final class TakenRequests: Sendable {
        private let requests = Mutex<[RecordedRequest]>([])

        func add(_ request: RecordedRequest) {
            requests.withLock { $0.append(request) }
        }

        var all: [RecordedRequest] { requests.withLock(\.self) }
    }

    @Test(
        "loses no word of 200 incidents over a hundred kills, and its identifiers tell what came twice", arguments: [1])
    func storm(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let stage = try await Stage(seed: seed)
        var killed = 0
        for phase in 0..<Self.phases {
            let isMissing = phase % 2 == 0
            try await stage.setPresent(!isMissing)
            // Killed at any moment; yet what has been written down for every one of them has been said.
            while killed < Self.kills * (phase + 1) / Self.phases {
                let weir = try await stage.weir()
                let life = Duration.milliseconds(Int.random(in: 50...500, using: &random))
                try await ContinuousClock().sleep(for: life)
                weir.signal(9)
                _ = try await weir.exitStatus(within: .seconds(5))
                killed += 1
            }
            let weir = try await stage.weir()
            try await eventually(within: .seconds(30)) {
                try stage.record().firing
            } until: {
                $0 == (isMissing ? Self.incidents : 0)
            }
            weir.signal(9)
            _ = try await weir.exitStatus(within: .seconds(5))
        }
        let last = try await stage.weir()
        try await eventually(within: .seconds(60)) {
            try stage.record()
        } until: {
            $0.waiting == 0
        }
        last.signal(15)
        #expect(try await last.exitStatus(within: .seconds(5)) == 0)
        try check(stage.taken.all)
    }

    private func check(_ taken: [RecordedRequest]) throws {
        var bodies: [String: [UInt8]] = [:]
        var told: [String: [String]] = [:]
        for request in taken {
            let id = try #require(request.header("webhook-id"))
            if let before = bodies.updateValue(request.body, forKey: id) {
                // It came twice: the same words, and nothing new.
                #expect(before == request.body)
                continue
            }
            for alert in try ReceivedAlert.all(in: request) {
                told[alert.fingerprint, default: []].append(alert.status)
            }
        }
        #expect(told.count == Self.incidents)
        let expected = (0..<Self.phases).map { $0 % 2 == 0 ? "firing" : "resolved" }
        let wrong = told.filter { $0.value != expected }
        #expect(wrong.isEmpty, "\(wrong.count) incidents, such as \(wrong.first.map { "\($0)" } ?? "")")
        #expect(taken.count > bodies.count, "nothing came twice, so that nothing was tried")
    }
}
