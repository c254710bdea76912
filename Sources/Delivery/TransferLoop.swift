import CCurl
import Glibc
import Platform
import Synchronization

/// The thread that curl's transfers run on, all at once: none waits for another.
///
/// It lasts until `end`, or until nothing has been under way for some time: curl's connections, of which one with TLS
/// holds close to 4 MB of the system's authorities, go with it. Until then it holds itself.
final class TransferLoop: Sendable {
    private struct Inbox {
        var new: [PendingTransfer] = []
        var hasAbandoned = false
        var isEnding = false
    }

    private let userAgent: String
    private let idleTime: Duration
    private let multi: CurlMulti
    private let inbox = Mutex(Inbox())

    private init(userAgent: String, idleTime: Duration, multi: CurlMulti) {
        self.userAgent = userAgent
        self.idleTime = idleTime
        self.multi = multi
    }

    /// Starts with a first transfer; nil where there is no memory, no descriptor or no thread for it.
    static func start(with transfer: PendingTransfer, userAgent: String, idleTime: Duration) -> TransferLoop? {
        guard let multi = CurlMulti() else { return nil }
        let loop = TransferLoop(userAgent: userAgent, idleTime: idleTime, multi: multi)
        loop.inbox.withLock { $0.new = [transfer] }
        do throws(BlockingThreadError) {
            try NamedThread.start(name: "weir-delivery") { loop.run() }
        } catch {
            return nil
        }
        return loop
    }

    /// Begins a transfer; false where the loop has ended, or is about to.
    func add(_ transfer: PendingTransfer) -> Bool {
        let isTaken = inbox.withLock { inbox in
            if !inbox.isEnding { inbox.new.append(transfer) }
            return !inbox.isEnding
        }
        if isTaken { multi.wakeUp() }
        return isTaken
    }

    /// Ends a transfer that nobody waits for any more, whether it has begun or not.
    func abandon(_ transfer: PendingTransfer) {
        transfer.settle(.failure(.cancelled))
        inbox.withLock { $0.hasAbandoned = true }
        multi.wakeUp()
    }

    /// Ends the thread soon, and cancels what is under way.
    func end() {
        inbox.withLock { $0.isEnding = true }
        multi.wakeUp()
    }

    private func run() {
        var underWay: [CurlTransfer.ID: CurlTransfer] = [:]
        var lastUsed = ContinuousClock.now
        while true {
            let now = ContinuousClock.now
            if !underWay.isEmpty { lastUsed = now }
            let isIdle = underWay.isEmpty && now - lastUsed >= idleTime
            let news = inbox.withLock { inbox in
                if isIdle && inbox.new.isEmpty { inbox.isEnding = true }
                defer { (inbox.new, inbox.hasAbandoned) = ([], false) }
                return inbox
            }
            if news.isEnding {
                news.new.forEach { $0.settle(.failure(.cancelled)) }
                underWay.values.forEach { $0.fail(.cancelled) }
                return
            }
            if news.hasAbandoned { underWay = underWay.filter { !$0.value.isAbandoned } }
            for pending in news.new where !pending.isSettled {
                if let transfer = CurlTransfer(pending, userAgent: userAgent, on: multi) {
                    underWay[transfer.id] = transfer
                } else {
                    pending.settle(.failure(.other(host: pending.url.destination, reason: "out of memory")))
                }
            }
            advance(&underWay)
        }
    }

    /// Lets curl do what it can, and waits until there is more to do.
    private func advance(_ underWay: inout [CurlTransfer.ID: CurlTransfer]) {
        if !multi.perform() {
            // Of no single transfer; with new ones it may work again.
            underWay.values.forEach { $0.finish(CURLE_OUT_OF_MEMORY) }
            underWay = [:]
        }
        while let ended = multi.nextEnded() {
            underWay.removeValue(forKey: ended.transfer)?.finish(ended.code)
        }
        // It fails at once, if it does.
        if !multi.poll(atMost: underWay.isEmpty ? idleTime : .seconds(60)) { usleep(100_000) }
    }
}
