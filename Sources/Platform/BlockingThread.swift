import CPlatform
import Glibc

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
        let opaque = unsafe Unmanaged.passRetained(Start(executor: executor, name: name)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, runBlockingThread, opaque)
        guard result == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(opaque).release()
            throw .cannotStart(errno: result)
        }
        pthread_detach(thread)
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

    fileprivate func run() {
        while let job = jobs.pop() {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    fileprivate final class Start {
        let executor: BlockingThread
        let name: String

        init(executor: BlockingThread, name: String) {
            self.executor = executor
            self.name = name
        }
    }
}

private func runBlockingThread(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let opaque = unsafe opaque else { return nil }
    let start = unsafe Unmanaged<BlockingThread.Start>.fromOpaque(opaque).takeRetainedValue()
    unsafe weir_name_thread(start.name)
    start.executor.run()
    return nil
}
