/// A thread that runs one actor's jobs in turn: for what blocks, which the cooperative pool must never.
///
/// It runs until `stop`; the thread keeps the executor alive until then.
package final class BlockingThread: SerialExecutor {
    private let jobs = JobQueue()

    private init() {}

    /// A thread that has been started, and is to be stopped.
    ///
    /// Of `name` the first 15 bytes are kept.
    package static func start(name: String) throws(BlockingThreadError) -> BlockingThread {
        let executor = BlockingThread()
        try NamedThread.start(name: name) { executor.run() }
        return executor
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        jobs.push(UnownedJob(job))
    }

    /// Ends the thread after the jobs that are queued.
    ///
    /// To be called once nothing can enqueue any more.
    package func stop() {
        jobs.close()
    }

    private func run() {
        while let job = jobs.pop() {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }
}
