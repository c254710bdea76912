import Alerting
import Delivery
import Logging
import Platform
import Settings
import StreamModel
import Synchronization
import TestSupport
import Testing

@testable import WeirDaemon

/// Takes whatever it is sent.
private final class Recipient: HTTPSending {
    private let bodies = Mutex<[String]>([])

    var received: [String] { bodies.withLock(\.self) }

    func send(_ request: OutgoingRequest) async throws(TransferError) -> ReceivedAnswer {
        bodies.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
        return ReceivedAnswer(status: 200, body: Array("ok".utf8))
    }
}

@Suite("The desk of alerts")
struct AlertDeskTests {
    @Test("hands on what others have to tell, also what they said before it began")
    func post() async throws {
        var settings = Settings(targets: [])
        settings.channels = [
            ChannelSettings(name: "ops", kind: .slack, urls: [Secret(Array("http://127.0.0.1:1/".utf8))])
        ]
        let recipient = Recipient()
        let (givenUp, logger, clock) = (GivenUp(), RecordedLog().logger, SteadyClock())
        let courier = Courier(
            sender: recipient, file: nil, tally: DeliveryTally(), givenUp: givenUp, logger: logger
        ) { clock.now }
        let desk = AlertDesk(
            settings: settings, courier: courier, givenUp: givenUp, board: AlertBoard(), actions: ActionBoard(),
            store: nil, clock: clock, logger: logger, didChange: {})
        func notification(_ name: String) -> AlertNotification {
            let alert = Alert(
                status: .firing, severity: .info, labels: ["alertname": name], annotations: [:], startsAt: clock.now,
                endsAt: nil, fingerprint: Fingerprint.text(of: ["alertname": name]), generatorURL: "")
            return AlertNotification(id: name, channel: "ops", target: "t", time: clock.now, alerts: [alert])
        }
        await desk.post([notification("early")])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await courier.run() }
            group.addTask { await desk.run() }
            try await eventually { recipient.received.contains { $0.contains("early") } }
            await desk.post([])
            await desk.post([notification("late")])
            try await eventually { recipient.received.contains { $0.contains("late") } }
            group.cancelAll()
        }
        #expect(recipient.received.count == 2)
    }
}
