import Delivery
import TestSupport
import Testing

@Suite("Many requests, and their end", .serialized)
struct CurlSenderLifeTests {
    private let sender = CurlSender(version: "1.2.3")

    /// Requests under way that nobody answers.
    private func hang(_ count: Int, on receiver: WebhookReceiver) async throws -> [Task<TransferError?, Never>] {
        let tasks = (0..<count).map { _ in
            Task { [sender] () -> TransferError? in
                do throws(TransferError) {
                    _ = try await sender.send(OutgoingRequest(to: receiver.url("/hang"), timeout: .seconds(60)))
                    return nil
                } catch {
                    return error
                }
            }
        }
        try await receiver.waitFor(count)
        return tasks
    }

    @Test("A sender that has sent nothing has no thread, one that is let go of has none any more")
    func thread() async throws {
        func isRunning() -> Bool { OwnProcess.threadNames.contains("weir-delivery") }
        try await eventually { !isRunning() }
        let receiver = try WebhookReceiver()
        var sender: CurlSender? = CurlSender(version: "1")
        #expect(!isRunning())
        _ = try await sender?.send(OutgoingRequest(to: receiver.url()))
        #expect(isRunning())
        sender = nil
        try await eventually { !isRunning() }
    }

    @Test("A sender that has nothing to send lets thread and connections go, and sends again")
    func idle() async throws {
        let receiver = try WebhookReceiver()
        let sender = CurlSender(version: "1", idleTime: .milliseconds(50))
        for count in 1...3 {
            #expect(try await sender.send(OutgoingRequest(to: receiver.url())).status == 200)
            #expect(receiver.connectionCount == count)
            try await eventually { receiver.openConnectionCount == 0 }
            try await eventually { !OwnProcess.threadNames.contains("weir-delivery") }
        }
        // However the end and the next request meet.
        let hasty = CurlSender(version: "1", idleTime: .zero)
        for _ in 0..<200 { #expect(try await hasty.send(OutgoingRequest(to: receiver.url())).status == 200) }
    }

    @Test("Receivers that hang delay no other")
    func hungReceivers() async throws {
        let hung = try WebhookReceiver { _ in .silence }
        let unreachable = try UnreachablePort()
        let connecting = Task { [sender, port = unreachable.port] in
            try await sender.send(OutgoingRequest(to: "http://127.0.0.1:\(port)/", timeout: .seconds(60)))
        }
        let tasks = try await hang(10, on: hung)
        let good = try WebhookReceiver()
        for _ in 0..<10 {
            #expect(try await sender.send(OutgoingRequest(to: good.url(), timeout: .seconds(10))).status == 200)
        }
        tasks.forEach { $0.cancel() }
        connecting.cancel()
        for task in tasks { #expect(await task.value == .cancelled) }
        await #expect(throws: TransferError.cancelled) { try await connecting.value }
    }

    @Test("Two hundred requests at once are all answered, each with its own answer")
    func manyAtOnce() async throws {
        let receiver = try WebhookReceiver { request in .after(.milliseconds(20), .reply(200, request.text)) }
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { [sender] group in
            for number in 0..<200 {
                group.addTask {
                    (number, try await sender.send(OutgoingRequest(to: receiver.url(), body: "\(number)")).body)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, Array("\($0)".utf8)) }))
        // Few connections are kept.
        try await eventually { receiver.openConnectionCount < 10 }
    }

    @Test("A task that is cancelled ends its transfer, and no other")
    func cancellation() async throws {
        let receiver = try WebhookReceiver { _ in .silence }
        let tasks = try await hang(3, on: receiver)
        tasks[1].cancel()
        #expect(await tasks[1].value == .cancelled)
        try await eventually { receiver.openConnectionCount == 2 }
        tasks.forEach { $0.cancel() }
        for task in tasks { #expect(await task.value == .cancelled) }
        try await eventually { receiver.openConnectionCount == 0 }
    }

    @Test("A task that is cancelled before it sends, sends nothing")
    func cancelledBefore() async throws {
        let receiver = try WebhookReceiver()
        let task = Task { [sender] in
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await sender.send(OutgoingRequest(to: receiver.url()))
        }
        await #expect(throws: TransferError.cancelled) { try await task.value }
        // Whatever was begun has its end before the next.
        _ = try await sender.send(OutgoingRequest(to: receiver.url("/next")))
        #expect(receiver.requests.map(\.path) == ["/next"])
    }

    @Test("Shutting down cancels what is under way and all that comes, and may be done twice")
    func shutDown() async throws {
        let receiver = try WebhookReceiver { _ in .silence }
        let tasks = try await hang(5, on: receiver)
        sender.shutDown()
        sender.shutDown()
        for task in tasks { #expect(await task.value == .cancelled) }
        try await eventually { receiver.openConnectionCount == 0 }
        await #expect(throws: TransferError.cancelled) { try await sender.send(OutgoingRequest(to: receiver.url())) }
    }

    @Test("A sender that never sent can be shut down")
    func shutDownUnused() async throws {
        sender.shutDown()
        await #expect(throws: TransferError.cancelled) {
            try await sender.send(OutgoingRequest(to: "http://127.0.0.1:1/"))
        }
    }

    /// As many requests, each fourth answered, reset, cut short, refused.
    private func send(_ count: Int, to receiver: WebhookReceiver, by sender: CurlSender) async throws {
        let refused = "http://127.0.0.1:\(try LoopbackListener.unusedPort())/"
        let urls = [receiver.url("/"), receiver.url("/reset"), receiver.url("/endless"), refused]
        for number in 0..<count {
            _ = try? await sender.send(OutgoingRequest(to: urls[number % 4], body: "body"))
        }
    }

    private func mixedReceiver() throws -> WebhookReceiver {
        try WebhookReceiver { request in
            switch request.path {
            case "/reset": .reset
            case "/endless": .endlessBody(status: 200)
            default: .reply(200, "ok")
            }
        }
    }

    @Test("No descriptors leak")
    func descriptors() async throws {
        // What earlier tests have let go of is closed by now.
        try await eventually { !OwnProcess.threadNames.contains("weir-delivery") }
        let before = OwnProcess.openDescriptorCount
        do {
            let sender = CurlSender(version: "1")
            try await send(500, to: mixedReceiver(), by: sender)
        }
        try await eventually({ OwnProcess.openDescriptorCount }, until: { $0 <= before })
    }

    @Test("No memory leaks", .disabled(if: OwnProcess.isSanitized, "sanitizers keep what is freed"))
    func memory() async throws {
        let receiver = try mixedReceiver()
        try await send(500, to: receiver, by: sender)
        let before = OwnProcess.anonymousBytes
        try await send(2000, to: receiver, by: sender)
        // A transfer that is not freed costs more than 10 kB.
        #expect(OwnProcess.anonymousBytes < before + 8_000_000)
    }
}
