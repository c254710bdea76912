import CPlatform
import Glibc

/// A thread that runs one actor's jobs in turn: hiredis blocks, and the cooperative pool must never.
///
/// It runs until `stop`; the thread keeps the executor alive until then.
final class ConnectionThread: SerialExecutor {
    private let jobs = JobQueue()

    /// A thread that has been started, and is to be stopped.
    static func start(name: String) throws(RedisClientError) -> ConnectionThread {
        let executor = ConnectionThread()
        let opaque = unsafe Unmanaged.passRetained(Start(executor: executor, name: name)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, runConnectionThread, opaque)
        guard result == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(opaque).release()
            throw unsafe .cannotConnect(reason: "no thread can be started: \(String(cString: strerror(result)))")
        }
        pthread_detach(thread)
        return executor
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.push(UnownedJob(job))
    }

    /// Ends the thread after the jobs that are queued.
    ///
    /// To be called once nothing can enqueue any more.
    func stop() {
        jobs.close()
    }

    fileprivate func run() {
        while let job = jobs.pop() {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    fileprivate final class Start {
        let executor: ConnectionThread
        let name: String

        init(executor: ConnectionThread, name: String) {
            self.executor = executor
            self.name = name
        }
    }
}

private func runConnectionThread(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let opaque = unsafe opaque else { return nil }
    let start = unsafe Unmanaged<ConnectionThread.Start>.fromOpaque(opaque).takeRetainedValue()
    unsafe weir_name_thread(start.name)
    start.executor.run()
    return nil
}
