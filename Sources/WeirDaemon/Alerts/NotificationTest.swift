import Alerting
package import Delivery
import Platform
package import Settings
import StreamModel

/// Sends a sample alert and its end to every receiver of a channel, once, for somebody who has just configured it.
package struct NotificationTest: Sendable {
    private let channel: ChannelSettings
    private let settings: AlertSettings
    private let target: String
    private let sender: any HTTPSending

    package init(channel: ChannelSettings, settings: Settings, sender: any HTTPSending) {
        self.channel = channel
        self.settings = settings.alerts
        target = settings.targets.first?.name ?? "test"
        self.sender = sender
    }

    /// Says line by line what the receivers answer; gives whether they have taken all.
    package func run(_ say: @Sendable (String) -> Void) async -> Bool {
        var isTaken = true
        for (peer, url) in channel.urls.enumerated() {
            let receiver = channel.urls.count == 1 ? channel.name : "\(channel.name)[\(peer)]"
            for notification in notifications(at: SteadyClock.wall) {
                let kind = notification.status.rawValue
                for request in channel.requests(
                    for: notification, to: url, at: SteadyClock.wall, externalURL: settings.externalURL)
                {
                    let (line, result) = await answer(to: request)
                    say("\(receiver): \(kind): \(line)")
                    if result != .delivered { isTaken = false }
                }
            }
        }
        return isTaken
    }

    private func answer(to request: OutgoingRequest) async -> (line: String, DeliveryResult) {
        do throws(TransferError) {
            let answer = try await sender.send(request)
            let result = DeliveryResult(answer, to: request, of: channel.kind)
            let excerpt = answer.excerpt(of: request, to: channel.kind)
            return ("\(answer.status) \(excerpt)\(Self.verdict(result))", result)
        } catch {
            return ("\(error)", DeliveryResult(error))
        }
    }

    private static func verdict(_ result: DeliveryResult) -> String {
        switch result {
        case .delivered: ""
        case .later: " (weir would try again)"
        case .rejected: " (weir would give it up)"
        case .stopped: " (weir would send nothing more to this channel)"
        }
    }

    /// A sample alert that fires, and the same when it is over.
    private func notifications(at now: Timestamp) -> [AlertNotification] {
        let key = IncidentKey(target: target, rule: .consumerStale, level: .warning, subject: .target)
        let finding = Finding(
            severity: .info, what: "This is a test of the channel \(channel.name): nothing is wrong.")
        var machine = IncidentMachine()
        let context = IncidentContext(
            settings: settings, channels: [ChannelRoute(name: channel.name, repeatMilliseconds: nil)])
        let looks: [(Verdict, Timestamp)] = [
            (.holds(finding), now.advanced(byMilliseconds: -1000)), (.clear, now),
        ]
        return looks.flatMap { verdict, time in
            let actions = machine.ingest(
                [key: verdict], of: target, at: time, gapMilliseconds: 60_000, context: context)
            return AlertGrouping.notifications(
                actions, of: target, at: time, settings: settings, limits: [:]
            ) { "weir-test-\(time.milliseconds)" }
        }
    }
}
