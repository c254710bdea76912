import Delivery
import Logging
import Platform
import Settings
import StreamModel

/// Calls the dead man's switch for as long as all is well.
struct HeartbeatTask: Sendable {
    /// A beat that did not get through is tried again so soon, where the next is further off.
    private static let retryDelay = Duration.seconds(5)

    /// Those in force, and how often is polled; nil: nobody waits for a beat.
    let settings: @Sendable () -> (HeartbeatSettings, pollInterval: Duration)?
    let sender: any HTTPSending
    let board: SnapshotBoard
    let tally: DeliveryTally
    let logger: Logger

    /// Until the task is cancelled.
    func run() async {
        let began = SteadyClock.wall
        var trouble: String?
        while !Task.isCancelled {
            var delay = Self.retryDelay
            if let (settings, pollInterval) = settings() {
                let heartbeat = Heartbeat(every: settings.interval, pollInterval: pollInterval)
                let fault = heartbeat.fault(
                    targets: board.lastPolls, channels: tally.channels, since: began, at: SteadyClock.wall)
                let problem: String? = if let fault { fault } else { await beat(settings) }
                if problem != trouble, !Task.isCancelled { report(problem) }
                trouble = problem
                delay = problem == nil ? settings.interval : min(settings.interval, Self.retryDelay)
            }
            // Cancelled: the condition sees it.
            try? await ContinuousClock().sleep(for: delay)
        }
    }

    /// Why it did not get through; nil: it did.
    private func beat(_ settings: HeartbeatSettings) async -> String? {
        let timeout = min(ChannelSettings.defaultTimeout, max(settings.interval, .seconds(1)))
        let request = OutgoingRequest(method: .get, url: settings.url, caFile: settings.caFile, timeout: timeout)
        do throws(TransferError) {
            let answer = try await sender.send(request)
            return (200..<300).contains(answer.status) ? nil : "it answered \(answer.status)"
        } catch {
            return error.description
        }
    }

    private func report(_ problem: String?) {
        if let problem {
            logger.warning("the heartbeat is not sent: \(problem)")
        } else {
            logger.info("the heartbeat is sent again")
        }
    }
}
