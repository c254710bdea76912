/// A queue of jobs that one thread waits on.
final class JobQueue: Sendable {
    private struct Waiting: Sendable {
        var jobs: [UnownedJob] = []
        var isClosed = false
    }

    private let waiting = Monitor(Waiting())

    func push(_ job: UnownedJob) {
        waiting.withLock { $0.jobs.append(job) }
        waiting.signal()
    }

    func close() {
        waiting.withLock { $0.isClosed = true }
        waiting.signal()
    }

    /// Waits for the next job; nil once the queue is closed and empty.
    func pop() -> UnownedJob? {
        waiting.wait { waiting -> UnownedJob?? in
            if let job = waiting.jobs.first {
                waiting.jobs.removeFirst()
                return job
            }
            return waiting.isClosed ? .some(nil) : .none
        }
    }
}
