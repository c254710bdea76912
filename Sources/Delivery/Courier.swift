package import Alerting
package import Logging
import Platform
import StateFiles
package import StreamModel

/// Carries notifications to their channels: written down before they are sent, and kept until the receiver has them.
///
/// Receivers are independent: each has a lane of its own, and none delays another.
package actor Courier {
    let sender: any HTTPSending
    /// Nil: nothing outlives the process.
    private let file: AlertFile?
    let tally: DeliveryTally
    private let givenUp: GivenUp
    let logger: Logger
    let now: @Sendable () -> Timestamp
    private nonisolated let wakes: AsyncStream<Void>
    nonisolated let wake: AsyncStream<Void>.Continuation

    var channels: [String: ChannelSettings] = [:]
    var externalURL: String?
    var lanes: [LaneID: Lane] = [:]
    /// How often the receiver of a lane has changed: an attempt at an earlier one does not count.
    private(set) var generations: [LaneID: Int] = [:]
    private var memory = AlertMemory()
    /// The number that the next notification gets.
    private var nextSequence: UInt64 = 0
    /// What has a lower number has been written down, or cannot be.
    private var writtenBelow: UInt64 = 0
    var schedule = WriteSchedule()
    private var isWriting = false
    private var isWriteFailing = false

    package init(
        sender: any HTTPSending, file: AlertFile?, tally: DeliveryTally, givenUp: GivenUp, logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.sender = sender
        self.file = file
        self.tally = tally
        self.givenUp = givenUp
        self.logger = logger
        self.now = now
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes up what an earlier weir has left: gives what it knew, nil where there is nothing.
    ///
    /// To be called before anything else.
    package func restore() async -> AlertMemory? {
        guard let record = await file?.load(logger) else { return nil }
        memory = record.memory
        for (id, waiting) in record.waiting.sorted(by: { $0.key < $1.key }) {
            for notification in waiting {
                _ = lanes[id, default: Lane()].enqueue(notification.numbered(nextSequence))
                nextSequence += 1
            }
        }
        writtenBelow = nextSequence
        return memory
    }

    /// From now on these are the channels; a receiver that wanted nothing any more is tried again.
    ///
    /// What waits for a receiver that is no longer one is given up.
    package func configure(_ settings: [ChannelSettings], externalURL: String?) {
        let former = channels
        channels = Dictionary(settings.map { ($0.name, $0) }) { $1 }
        self.externalURL = externalURL
        tally.expect(settings.map(\.name))
        let receivers = settings.reduce(into: Set<LaneID>()) { $0.formUnion($1.receivers.keys) }
        for (id, lane) in lanes where !receivers.contains(id) { giveUp(lane, id) }
        for id in receivers {
            let isSame = former[id.channel] == channels[id.channel]
            if isSame, let lane = lanes[id], lane.stopped == nil { continue }
            lanes[id, default: Lane()].renew()
            generations[id, default: 0] += 1
        }
        settings.forEach { noteWaiting(for: $0.name) }
        wake.yield()
    }

    /// The lane's receiver is no longer one.
    private func giveUp(_ lane: Lane, _ id: LaneID) {
        lanes[id] = nil
        generations[id, default: 0] += 1
        guard !lane.waiting.isEmpty else { return }
        givenUp.add(lane.waiting, channel: id.channel)
        logger.warning(
            "notifications have been given up: their receiver is no longer configured",
            metadata: ["channel": "\(id.channel)", "notifications": "\(lane.waiting.count)"])
        schedule.changed(at: .now, isUrgent: false)
    }

    /// Takes on notifications, and what has to be written down in the same breath.
    package func post(_ notifications: [AlertNotification], memory: AlertMemory) {
        self.memory = memory
        for notification in notifications { enqueue(notification) }
        schedule.changed(at: .now, isUrgent: true)
        // Without a file there is nothing to wait for.
        if file == nil { writtenBelow = nextSequence }
        wake.yield()
    }

    /// Tells a channel how things stand when it has nothing newer to be told: worth one attempt, and no room in the file.
    package func refresh(_ notifications: [AlertNotification], of channel: String) {
        for id in channels[channel]?.receivers.keys.sorted() ?? [] {
            lanes[id]?.refresh(notifications.compactMap { QueuedNotification($0, sequence: takeSequence()) })
        }
        wake.yield()
    }

    /// Writes and sends until the task is cancelled; to be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var alarm: Timestamp?
            for await _ in wakes {
                if let file, isWriteDue {
                    isWriting = true
                    group.addTask { await self.write(to: file) }
                }
                for id in lanes.keys.sorted() {
                    guard let notification = lanes[id]?.next(at: now(), below: writtenBelow) else { continue }
                    group.addTask { [generation = generations[id]] in
                        await self.deliver(notification, by: id, generation)
                    }
                }
                guard let due = nextWake else { continue }
                if let alarm, alarm > now(), alarm <= due { continue }
                alarm = due
                let delay = Duration.milliseconds(max(0, due.milliseconds(since: now())))
                group.addTask { [wake] in
                    // Cancelled: the loop above sees it.
                    try? await ContinuousClock().sleep(for: delay, tolerance: .zero)
                    wake.yield()
                }
            }
            group.cancelAll()
        }
    }

    /// Writes what is unwritten: weir stops.
    package func flush() async {
        guard let file, schedule.due != nil else { return }
        await write(to: file)
    }

    // MARK: - What waits

    private func takeSequence() -> UInt64 {
        defer { nextSequence += 1 }
        return nextSequence
    }

    private func enqueue(_ notification: AlertNotification) {
        guard let channel = channels[notification.channel],
            let first = QueuedNotification(notification, sequence: takeSequence())
        else { return }
        for id in channel.receivers.keys.sorted() {
            let isStopped = lanes[id]?.stopped != nil
            let dropped = lanes[id, default: Lane()].enqueue(first.numbered(takeSequence()))
            guard !dropped.isEmpty else { continue }
            if !isStopped, tally.channels[channel.name]?.results[.dropped] == nil {
                logger.error(
                    "notifications are given up: too many wait for a receiver that does not take them",
                    metadata: ["channel": "\(channel.name)"])
            }
            tally.count(.dropped, of: channel.name, dropped.count)
            noteGivenUp(dropped, by: id)
        }
        noteWaiting(for: channel.name)
    }

    /// An Alertmanager is told how things stand all the time, whatever it has refused.
    func noteGivenUp(_ notifications: [QueuedNotification], by id: LaneID) {
        if channels[id.channel]?.kind == .alertmanager { return }
        givenUp.add(notifications, channel: id.channel)
    }

    func noteWaiting(for channel: String) {
        let waiting = lanes.filter { $0.key.channel == channel }.values.map(\.waiting)
        tally.note(
            waiting: waiting.reduce(0) { $0 + $1.count }, since: waiting.compactMap { $0.first?.time }.min(),
            of: channel)
    }

    private var nextWake: Timestamp? {
        var wakes = lanes.values.compactMap(\.wake)
        if file != nil, !isWriting, let due = schedule.due {
            wakes.append(now().advanced(byMilliseconds: Int64((due - .now) / .milliseconds(1))))
        }
        return wakes.min()
    }

    // MARK: - Writing

    private var isWriteDue: Bool {
        !isWriting && schedule.due.map { $0 <= .now } == true
    }

    /// A failure is said and counted; what could not be written down is sent all the same.
    private func write(to file: AlertFile) async {
        isWriting = true
        let (start, limit) = (ContinuousClock.now, nextSequence)
        // What comes while it is being written is written next.
        schedule.began()
        let record = AlertRecord(memory: memory, waiting: lanes.mapValues(\.waiting))
        do {
            try await file.write(record)
            schedule.ended(from: start, to: .now)
            if isWriteFailing { logger.info("the alerts can be written again") }
            isWriteFailing = false
        } catch {
            schedule.missed(from: start, to: .now)
            if !isWriteFailing {
                logger.error("the alerts cannot be written, and are delivered from memory: \(error)")
            }
            isWriteFailing = true
        }
        writtenBelow = max(writtenBelow, limit)
        isWriting = false
        wake.yield()
    }
}
