import Glibc

/// State that threads share, and that one of them may wait on.
///
/// Unchecked: `state` is only touched with `mutex` held. The two C objects live at fixed addresses, which glibc requires,
/// from `init` to `deinit`. (`Synchronization.Mutex` cannot be waited on.)
@safe package final class Monitor<State: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    package init(_ state: State) {
        self.state = state
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe changed.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        // A clock that nobody sets, for deadlines.
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(changed, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Looks at the state, or changes it; whoever waits looks again only after `signal`.
    package func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Has those who wait look at the state again.
    package func signal() {
        unsafe pthread_cond_broadcast(changed)
    }

    /// Waits until `body` gives a result, which it is asked for at once, after each `signal`, and after the time that
    /// `patience` gives, if any.
    @discardableResult
    package func wait<Result>(_ body: (inout State) -> Result?, patience: (State) -> Duration? = { _ in nil }) -> Result
    {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            if let patience = patience(state) {
                var deadline = Self.time(after: patience)
                unsafe pthread_cond_timedwait(changed, mutex, &deadline)
            } else {
                unsafe pthread_cond_wait(changed, mutex)
            }
        }
    }

    private static func time(after patience: Duration) -> timespec {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let (seconds, attoseconds) = max(patience, .zero).components
        let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
        return timespec(
            tv_sec: time.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    }
}
