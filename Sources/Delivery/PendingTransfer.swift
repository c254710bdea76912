internal import Synchronization

/// A request whose sender waits, on any thread, for what becomes of it.
final class PendingTransfer: Sendable {
    typealias Outcome = Result<ReceivedAnswer, TransferError>

    private enum State {
        case open(CheckedContinuation<Outcome, Never>?)
        case settled(Outcome)
    }

    let request: OutgoingRequest
    let url: RequestURL
    private let state = Mutex(State.open(nil))

    init(_ request: OutgoingRequest) throws(TransferError) {
        self.request = request
        url = try RequestURL(request.url)
    }

    var isSettled: Bool {
        state.withLock { state in
            if case .settled = state { true } else { false }
        }
    }

    /// The first outcome counts.
    func settle(_ outcome: Outcome) {
        let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            guard case .open(let continuation) = state else { return nil }
            state = .settled(outcome)
            return continuation
        }
        waiting?.resume(returning: outcome)
    }

    /// Waits for the outcome; to be called once.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let settled: Outcome? = state.withLock { state in
                if case .settled(let outcome) = state { return outcome }
                state = .open(continuation)
                return nil
            }
            if let settled { continuation.resume(returning: settled) }
        }
    }
}
