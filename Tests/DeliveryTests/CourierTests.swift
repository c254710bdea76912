import Alerting
import Delivery
import Glibc
import Platform
import StateFiles
import StreamModel
import TestSupport
import Testing

@Suite("The courier")
struct CourierTests {
    private let temporary: TemporaryFolder
    private let log = RecordedLog()
    private let state = StateTally()
    private let tally = DeliveryTally()
    private let givenUp = GivenUp()
    private let clock = SteadyClock()

    init() throws {
        temporary = try TemporaryFolder()
    }

    private static func channel(
        _ name: String = "ops", _ kind: ChannelSettings.Kind = .webhook(.alertmanager), urls: [String] = ["http://a"]
    ) -> ChannelSettings {
        ChannelSettings(name: name, kind: kind, urls: urls.map { Secret(Array($0.utf8)) })
    }

    private func courier(_ sender: any HTTPSending, file: AlertFile?) -> Courier {
        Courier(sender: sender, file: file, tally: tally, givenUp: givenUp, logger: log.logger) { [clock] in clock.now }
    }

    private func file() throws -> AlertFile {
        try AlertFile(folder: StateFolder(temporary.path), tally: state)
    }

    private func running(_ courier: Courier, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await courier.run() }
            try await body()
            group.cancelAll()
        }
    }

    private func onDisk() throws -> [AlertNotification] {
        try AlertRecord(temporary.read("alerts.json")).waiting.sorted { $0.key < $1.key }.flatMap(\.value)
            .compactMap(\.notification)
    }

    @Test("writes a notification down before it sends it, and out when the receiver has it")
    func durable() async throws {
        let folder = temporary
        let sender = ScriptedSender { (_, _) throws(TransferError) in
            let record = try? AlertRecord(folder.read("alerts.json"))
            return ReceivedAnswer(status: record?.waiting.isEmpty == false ? 200 : 400)
        }
        let courier = courier(sender, file: try file())
        await courier.configure([Self.channel()], externalURL: nil)
        try await running(courier) {
            await courier.post([Notices.notification("n1")], memory: AlertMemory())
            try await eventually { tally.channels["ops"]?.results[.delivered] == 1 }
            try await eventually { try onDisk().isEmpty }
        }
        #expect(sender.ids == ["n1"] && tally.channels["ops"]?.waiting == 0)
        #expect(tally.channels["ops"]?.results[.rejected] == nil)
    }

    @Test("goes on where a weir that was killed has left off, under the same identifiers and in order")
    func restart() async throws {
        do {
            let file = try file()
            let courier = courier(ScriptedSender(status: 503), file: file)
            await courier.configure([Self.channel()], externalURL: nil)
            try await running(courier) {
                for number in 1...5 {
                    await courier.post([Notices.notification("n\(number)")], memory: AlertMemory())
                }
                try await eventually { try onDisk().count == 5 }
            }
        }
        let again = try await eventually({ try file() }, until: { _ in true })
        let sender = ScriptedSender(status: 200)
        let courier = courier(sender, file: again)
        #expect(await courier.restore() == AlertMemory())
        await courier.configure([Self.channel()], externalURL: nil)
        try await running(courier) {
            try await eventually { try onDisk().isEmpty }
        }
        #expect(sender.ids == ["n1", "n2", "n3", "n4", "n5"])
    }

    @Test("lets no receiver delay another, however it behaves")
    func independent() async throws {
        let sender = ScriptedSender { (request, _) async throws(TransferError) in
            guard String(decoding: request.url.bytes, as: UTF8.self) == "http://hung" else {
                return ReceivedAnswer(status: 200)
            }
            try? await ContinuousClock().sleep(for: .seconds(3600))
            throw .cancelled
        }
        let courier = courier(sender, file: nil)
        await courier.configure(
            [Self.channel("hung", urls: ["http://hung"]), Self.channel("good", urls: ["http://good"])],
            externalURL: nil)
        try await running(courier) {
            for number in UInt64(1)...20 {
                await courier.post(
                    ["hung", "good"].map {
                        Notices.notification("\($0)\(number)", about: [number], channel: $0)
                    }, memory: AlertMemory())
            }
            try await eventually { tally.channels["good"]?.results[.delivered] == 20 }
        }
        #expect(tally.channels["hung"]?.waiting == 20)
    }

    @Test("tells every Alertmanager, each at its own pace")
    func peers() async throws {
        let sender = ScriptedSender { (request, _) throws(TransferError) in
            let isFirst = String(decoding: request.url.bytes, as: UTF8.self).hasPrefix("http://one")
            return ReceivedAnswer(status: isFirst ? 500 : 200)
        }
        let courier = courier(sender, file: try file())
        await courier.configure(
            [Self.channel("am", .alertmanager, urls: ["http://one", "http://two"])], externalURL: nil)
        try await running(courier) {
            await courier.post([Notices.notification("n", channel: "am")], memory: AlertMemory())
            try await eventually { tally.channels["am"]?.results[.delivered] == 1 }
            try await eventually { try onDisk().count == 1 }
            await courier.refresh([Notices.notification("state", channel: "am")], of: "am")
            try await eventually { sender.urls.filter { $0 == "http://two/api/v2/alerts" }.count == 2 }
        }
        #expect(tally.channels["am"]?.results[.delivered] == 1 && tally.channels["am"]?.waiting == 1)
    }

    @Test("gives up what is refused and says so, and all for a channel that wants no more, until a reload")
    func refused() async throws {
        let sender = ScriptedSender { (_, number) throws(TransferError) in
            ReceivedAnswer(status: number == 0 ? 400 : number == 1 ? 410 : 200)
        }
        let courier = courier(sender, file: nil)
        await courier.configure([Self.channel()], externalURL: nil)
        try await running(courier) {
            await courier.post([Notices.notification("n1")], memory: AlertMemory())
            try await eventually { tally.channels["ops"]?.results[.rejected] == 1 }
            await courier.post([Notices.notification("n2")], memory: AlertMemory())
            try await eventually { tally.channels["ops"]?.results[.rejected] == 2 }
            await courier.post([Notices.notification("n3")], memory: AlertMemory())
            #expect(tally.channels["ops"]?.results[.dropped] == 1)
            await courier.configure([Self.channel()], externalURL: nil)
            await courier.post([Notices.notification("n4")], memory: AlertMemory())
            try await eventually { tally.channels["ops"]?.results[.delivered] == 1 }
        }
        #expect(sender.ids == ["n1", "n2", "n4"])
        #expect(givenUp.take() == ["ops": [1]] && givenUp.take() == [:])
        #expect(!log.lines.contains { $0.contains("too many") })
        #expect(log.lines.contains { $0.contains("refuses it") && $0.contains("notification=n1") })
        #expect(log.lines.contains { $0.contains("wants no more notifications") })
    }

    @Test("sends what waits to a new receiver at once, whatever became of the old one, and not to anybody else's")
    func replaced() async throws {
        let sender = ScriptedSender { (request, _) async throws(TransferError) in
            switch String(decoding: request.url.bytes, as: UTF8.self) {
            case "http://hung":
                try? await ContinuousClock().sleep(for: .seconds(3600))
                throw .cancelled
            case "http://busy": return ReceivedAnswer(status: 429, retryAfter: .seconds(3600))
            default: return ReceivedAnswer(status: 200)
            }
        }
        let courier = courier(sender, file: nil)
        await courier.configure([Self.channel(urls: ["http://hung"])], externalURL: nil)
        try await running(courier) {
            await courier.post([Notices.notification("n1")], memory: AlertMemory())
            try await eventually { sender.urls == ["http://hung"] }
            await courier.configure([Self.channel(urls: ["http://busy"])], externalURL: nil)
            try await eventually { tally.channels["ops"]?.results[.failed] == 1 }
            await courier.configure([Self.channel(urls: ["http://good"])], externalURL: nil)
            try await eventually { tally.channels["ops"]?.results[.delivered] == 1 }
            await courier.configure([Self.channel("other")], externalURL: nil)
        }
        #expect(sender.ids == ["n1", "n1", "n1"])
        #expect(givenUp.take() == [:])
    }

    @Test("keeps what waits for one Alertmanager from another that takes its place in the list")
    func peersAreThemselves() async throws {
        let sender = ScriptedSender { (request, _) throws(TransferError) in
            let isDead = String(decoding: request.url.bytes, as: UTF8.self).hasPrefix("http://dead")
            return ReceivedAnswer(status: isDead ? 500 : 200)
        }
        let courier = courier(sender, file: nil)
        await courier.configure(
            [Self.channel("am", .alertmanager, urls: ["http://dead", "http://good"])], externalURL: nil)
        try await running(courier) {
            await courier.post([Notices.notification("n1", channel: "am")], memory: AlertMemory())
            try await eventually { tally.channels["am"]?.results[.delivered] == 1 }
            await courier.configure([Self.channel("am", .alertmanager, urls: ["http://good"])], externalURL: nil)
            await courier.post([Notices.notification("n2", about: [2], channel: "am")], memory: AlertMemory())
            try await eventually { tally.channels["am"]?.results[.delivered] == 2 }
        }
        #expect(sender.urls.filter { $0.hasPrefix("http://good") }.count == 2)
        #expect(tally.channels["am"]?.waiting == 0)
    }

    @Test("delivers from memory where it cannot write, says so once, and counts it")
    func unwritable() async throws {
        let file = try file()
        // No file takes the place of a folder, not even for root.
        try #require(unsafe mkdir("\(temporary.path)/alerts.json", 0o700) == 0)
        let sender = ScriptedSender(status: 200)
        let courier = courier(sender, file: file)
        await courier.configure([Self.channel()], externalURL: nil)
        try await running(courier) {
            for number in UInt64(1)...3 {
                await courier.post([Notices.notification("n\(number)", about: [number])], memory: AlertMemory())
                try await eventually { tally.channels["ops"]?.results[.delivered] == number }
            }
            #expect(state.counts.writeFailures >= 3)
            unsafe rmdir("\(temporary.path)/alerts.json")
            await courier.post([Notices.notification("n4")], memory: AlertMemory())
            try await eventually { log.lines.contains { $0.contains("can be written again") } }
        }
        #expect(log.lines.filter { $0.contains("cannot be written") }.count == 1)
    }

    @Test(
        "sets a file aside that it cannot read, says so, counts it, and runs",
        arguments: ["", "{}", "garbage", #"{"kind":"alerts","version":99,"content":{}}"#])
    func ruined(content: String) async throws {
        try temporary.write(content, to: "alerts.json")
        let courier = courier(ScriptedSender(status: 200), file: try file())
        #expect(await courier.restore() == nil)
        #expect(state.counts.filesSetAside == 1)
        #expect(temporary.entries.contains("alerts.json.unreadable-1"))
        #expect(log.lines.contains { $0.contains("is of no use") })
    }

    @Test("says once that a receiver fails, when the breaker trips, and when it is back")
    func sayings() async throws {
        let sender = ScriptedSender { (_, number) throws(TransferError) in
            ReceivedAnswer(status: number < 4 ? 503 : 200)
        }
        let courier = courier(sender, file: nil)
        await courier.configure([Self.channel()], externalURL: nil)
        try await running(courier) {
            await courier.post(
                (UInt64(1)...4).map { Notices.notification("n\($0)", about: [$0]) }, memory: AlertMemory())
            try await eventually { tally.channels["ops"]?.results[.delivered] == 4 }
        }
        #expect(log.lines.filter { $0.contains("will be tried again") }.count == 1)
        #expect(log.lines.filter { $0.contains("delivered again") }.count == 1)
        #expect(tally.channels["ops"]?.results[.failed] == 4)
    }
}
