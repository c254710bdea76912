import Synchronization

/// Sends requests over the network, with curl on a thread of its own, which lasts while there is something to send.
///
/// Any number are under way at once, and none delays another. Redirects are not followed, certificates are always
/// checked, proxies are those of the environment.
package final class CurlSender: HTTPSending {
    private struct State {
        /// Held by its own thread alone, so that it goes, with its connections, when that ends.
        weak var loop: TransferLoop?
        var isShutDown = false
    }

    private let userAgent: String
    private let idleTime: Duration
    private let state = Mutex(State())

    /// `version` is weir's own, for the User-Agent; after `idleTime` without a request the thread ends, and with it the
    /// connections that were kept for the next.
    package init(version: String, idleTime: Duration = .seconds(10)) {
        userAgent = "weir/\(version)"
        self.idleTime = idleTime
    }

    deinit {
        shutDown()
    }

    /// The answer, whatever its status, of which the body may be cut short.
    ///
    /// A task that is cancelled ends the transfer at once.
    package func send(_ request: OutgoingRequest) async throws(TransferError) -> ReceivedAnswer {
        let transfer = try PendingTransfer(request)
        if Task.isCancelled { throw .cancelled }
        let loop = try begin(transfer)
        let outcome = await withTaskCancellationHandler {
            await transfer.outcome()
        } onCancel: {
            loop.abandon(transfer)
        }
        return try outcome.get()
    }

    /// Ends the thread without waiting for it: what is under way, and all that comes, fails as cancelled.
    package func shutDown() {
        let loop: TransferLoop? = state.withLock { state in
            state.isShutDown = true
            return state.loop
        }
        loop?.end()
    }

    private func begin(_ transfer: PendingTransfer) throws(TransferError) -> TransferLoop {
        try state.withLock { state throws(TransferError) in
            if state.isShutDown { throw .cancelled }
            if let loop = state.loop, loop.add(transfer) { return loop }
            guard let loop = TransferLoop.start(with: transfer, userAgent: userAgent, idleTime: idleTime) else {
                let reason = "no memory, descriptors or thread to send with"
                throw .other(host: transfer.url.destination, reason: reason)
            }
            state.loop = loop
            return loop
        }
    }
}
