internal import Glibc

/// A thread for what blocks, which must not hold one of the cooperative pool's few.
enum BackgroundThread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        let opaque = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        var thread = pthread_t()
        guard unsafe pthread_create(&thread, nil, runBody, opaque) == 0 else {
            return unsafe Unmanaged<Body>.fromOpaque(opaque).release()
        }
        pthread_detach(thread)
    }

    fileprivate final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}

private func runBody(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let opaque = unsafe opaque else { return nil }
    unsafe Unmanaged<BackgroundThread.Body>.fromOpaque(opaque).takeRetainedValue().run()
    return nil
}
