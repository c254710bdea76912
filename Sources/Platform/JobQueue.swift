import Glibc

/// A queue of jobs that one thread waits on.
///
/// Unchecked: `jobs` and `isClosed` are only touched with `mutex` held. The two C objects live at fixed addresses,
/// which glibc requires, from `init` to `deinit`. (`Synchronization.Mutex` cannot be waited on.)
@safe final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrived = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []
    private var isClosed = false

    init() {
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe arrived.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(arrived, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(arrived)
        unsafe pthread_mutex_destroy(mutex)
        unsafe arrived.deallocate()
        unsafe mutex.deallocate()
    }

    func push(_ job: UnownedJob) {
        locked {
            jobs.append(job)
            unsafe pthread_cond_signal(arrived)
        }
    }

    func close() {
        locked {
            isClosed = true
            unsafe pthread_cond_signal(arrived)
        }
    }

    /// Waits for the next job; nil once the queue is closed and empty.
    func pop() -> UnownedJob? {
        locked {
            while jobs.isEmpty && !isClosed {
                unsafe pthread_cond_wait(arrived, mutex)
            }
            return jobs.isEmpty ? nil : jobs.removeFirst()
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }
}
