package import Logging
import Platform
import Synchronization

/// The documents that weir keeps from one run to the next, read and written on a thread of their own.
///
/// Of each document there is one writer, and in memory at most what its file says and what it should say.
package actor StateStore {
    private struct Offer: Sendable {
        var content: any StateContent
        /// Of the first that is still unseen.
        var time: ContinuousClock.Instant
        var isUrgent: Bool
    }

    private let folder: StateFolder
    private let tally: StateTally
    private let logger: Logger
    private nonisolated let thread: BlockingThread
    /// Offers by the file's name, until the thread sees them: whoever offers never waits for a disk.
    private nonisolated let inbox = Mutex<[String: Offer]>([:])
    private nonisolated let wakes: AsyncStream<Void>
    private nonisolated let wake: AsyncStream<Void>.Continuation
    private var slots: [String: StateSlot] = [:]
    /// The documents whose last write failed.
    private var failing: Set<String> = []

    package init(folder: StateFolder, tally: StateTally, logger: Logger) throws(StateFolderError) {
        do {
            thread = try BlockingThread.start(name: "state")
        } catch {
            throw .noThread(error)
        }
        self.folder = folder
        self.tally = tally
        self.logger = logger
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    deinit {
        thread.stop()
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe thread.asUnownedSerialExecutor()
    }

    /// The newest content: what was offered or saved last, else what the file says.
    ///
    /// Nil where there is no file, and where it is of no use: then it has been set aside, with a warning.
    package func load<Content>(_ file: StateFile<Content>) -> Content? {
        collect()
        if let newest = slots[file.name]?.newest { return newest as? Content }
        do {
            guard let content: Content = try folder.read(file.name) else { return nil }
            slots[file.name] = StateSlot(written: content)
            return content
        } catch {
            setAside(file.name, because: error)
            return nil
        }
    }

    /// Takes the content of now, as often as there is one; `run` writes it when it is due.
    ///
    /// `isUrgent`: at once.
    package nonisolated func offer<Content>(_ content: Content, to file: StateFile<Content>, isUrgent: Bool = false) {
        let now = ContinuousClock.now
        inbox.withLock { inbox in
            let earlier = inbox[file.name]
            inbox[file.name] = Offer(
                content: content, time: earlier?.time ?? now, isUrgent: isUrgent || earlier?.isUrgent == true)
        }
        wake.yield()
    }

    /// Writes the content now: after a return it outlasts whatever happens.
    ///
    /// After an error it is kept, and tried again by `run`.
    package func save<Content>(_ content: Content, to file: StateFile<Content>) throws(StateFileError) {
        collect()
        slots[file.name, default: StateSlot()].take(content, at: .now, isUrgent: true)
        try write(file.name)
    }

    /// Writes what is offered when it is due, until the task is cancelled; to be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var alarm: ContinuousClock.Instant?
            for await _ in wakes {
                collect()
                let now = ContinuousClock.now
                for (name, slot) in slots where slot.schedule.due.map({ $0 <= now }) == true { try? write(name) }
                guard let due = slots.values.compactMap(\.schedule.due).min() else { continue }
                if let alarm, alarm > now, alarm <= due { continue }
                alarm = due
                group.addTask { [wake] in
                    // Cancelled: the loop above sees it.
                    try? await ContinuousClock().sleep(until: due, tolerance: .zero)
                    wake.yield()
                }
            }
            group.cancelAll()
        }
    }

    /// Writes all that is unwritten, due or not: weir stops.
    package func flush() {
        collect()
        for name in slots.keys { try? write(name) }
    }

    /// Writes what is unwritten of a document that is of no interest any more, and keeps nothing of it in memory.
    package func forget<Content>(_ file: StateFile<Content>) {
        collect()
        try? write(file.name)
        slots[file.name] = nil
        failing.remove(file.name)
    }

    /// Every document of its kind, by the name of its file: for kinds that others write too.
    ///
    /// What is of no use is set aside, with a warning.
    package func loadAll<Content: StateContent>(_ type: Content.Type) -> [String: Content] {
        var contents: [String: Content] = [:]
        for name in folder.names(beginningWith: "\(Content.kind)-", endingWith: ".json") {
            do throws(StateFileError) {
                contents[name] = try folder.read(name)
            } catch {
                setAside(name, because: error)
            }
        }
        return contents
    }

    /// What the file says now, of a document that another process writes; nil where there is none.
    ///
    /// One that is of no use stays as it is.
    package func read<Content>(_ file: StateFile<Content>) throws(StateFileError) -> Content? {
        try folder.read(file)
    }

    /// Removes a file that nobody needs any more.
    package func remove(_ name: String) {
        folder.remove(name)
    }

    private func collect() {
        let offers = inbox.withLock { inbox in
            defer { inbox = [:] }
            return inbox
        }
        for (name, offer) in offers {
            slots[name, default: StateSlot()].take(offer.content, at: offer.time, isUrgent: offer.isUrgent)
        }
    }

    /// A failure has been counted and logged; callers that cannot do anything about it need not look.
    private func write(_ name: String) throws(StateFileError) {
        guard let content = slots[name]?.unwritten else { return }
        let start = ContinuousClock.now
        do {
            try folder.write(content, to: name)
            slots[name]?.succeeded(from: start, to: .now)
            if failing.remove(name) != nil, failing.isEmpty {
                logger.info("the state can be written again", metadata: ["failures": "\(tally.counts.writeFailures)"])
            }
        } catch {
            slots[name]?.failed(from: start, to: .now)
            tally.countWriteFailure()
            if failing.isEmpty { logger.warning("the state cannot be written, and is kept in memory: \(error)") }
            failing.insert(name)
            // There is a next attempt to wait for.
            wake.yield()
            throw error
        }
    }

    private func setAside(_ name: String, because error: StateFileError) {
        folder.setAside(name, because: error, tally, logger)
    }
}
