import CPlatform
import Glibc

/// A thread for what blocks, which must not hold one of the cooperative pool's few.
package enum NamedThread {
    /// Runs `body` on a thread of its own, that nobody waits for.
    ///
    /// Of `name` the first 15 bytes are kept.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(BlockingThreadError) {
        let opaque = unsafe Unmanaged.passRetained(Start(name: name, body: body)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, runNamedThread, opaque)
        guard result == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(opaque).release()
            throw .cannotStart(errno: result)
        }
        pthread_detach(thread)
    }

    fileprivate final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}

private func runNamedThread(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let opaque = unsafe opaque else { return nil }
    let start = unsafe Unmanaged<NamedThread.Start>.fromOpaque(opaque).takeRetainedValue()
    unsafe weir_name_thread(start.name)
    start.body()
    return nil
}
