import Alerting
import Logging
import Platform
import StateFiles
import StreamModel

/// One attempt after another, and what each comes to.
extension Courier {
    func deliver(_ queued: QueuedNotification, by id: LaneID, _ generation: Int?) async {
        let result = await attempt(queued, by: id)
        // Its receiver has been replaced meanwhile.
        guard generations[id] == generation else { return }
        // Of a weir that stops: it will be sent again by the next.
        if Task.isCancelled && result != .delivered { return }
        finished(queued, result, by: id)
        wake.yield()
    }

    private func attempt(_ queued: QueuedNotification, by id: LaneID) async -> DeliveryResult {
        guard let channel = channels[id.channel], let url = channel.receivers[id] else {
            return .rejected(reason: "the channel is no longer configured")
        }
        guard let notification = queued.notification else { return .rejected(reason: "it cannot be read back") }
        let requests = channel.requests(
            for: notification, to: url, at: SteadyClock.wall, externalURL: externalURL)
        for request in requests {
            let result: DeliveryResult
            do throws(TransferError) {
                result = DeliveryResult(try await sender.send(request), to: request, of: channel.kind)
            } catch {
                result = DeliveryResult(error)
            }
            if result != .delivered { return result }
        }
        return .delivered
    }

    private func finished(_ queued: QueuedNotification, _ result: DeliveryResult, by id: LaneID) {
        var random = SystemRandomNumberGenerator()
        let wasFailing = lanes[id]?.isFailing == true
        // How things stand is no notification of its own.
        let isCounted = lanes[id]?.waiting.contains { $0.sequence == queued.sequence } == true
        guard let consequence = lanes[id]?.finished(queued.sequence, result, at: now(), using: &random) else { return }
        var metadata: Logger.Metadata = ["channel": "\(id.channel)"]
        switch consequence {
        case .delivered:
            if isCounted { tally.count(.delivered, of: id.channel) }
            if wasFailing { logger.info("notifications are delivered again", metadata: metadata) }
        case .retrying(let reason, let isNews):
            if isCounted { tally.count(.failed, of: id.channel) }
            metadata["reason"] = "\(reason)"
            if isNews {
                logger.warning("a notification cannot be delivered, and will be tried again", metadata: metadata)
            }
        case .rejected(let reason):
            if isCounted { tally.count(.rejected, of: id.channel) }
            metadata["reason"] = "\(reason)"
            metadata["notification"] = "\(queued.notification?.id ?? "")"
            logger.error("a notification has been given up: its receiver refuses it", metadata: metadata)
            if isCounted { noteGivenUp([queued], by: id) }
        case .stopped(let reason, let dropped):
            tally.count(.rejected, of: id.channel, dropped.count)
            noteGivenUp(dropped, by: id)
            metadata["reason"] = "\(reason)"
            metadata["notifications"] = "\(dropped.count)"
            logger.error("the channel wants no more notifications, and gets none until a reload", metadata: metadata)
        }
        if case .retrying = consequence { return }
        guard isCounted else { return }
        noteWaiting(for: id.channel)
        schedule.changed(at: .now, isUrgent: false)
    }
}
