import Platform

/// A thread for what blocks, which must not hold one of the cooperative pool's few.
enum BackgroundThread {
    /// Without a thread to be had nothing happens, and the test that needs it fails.
    static func start(_ body: @escaping @Sendable () -> Void) {
        try? NamedThread.start(name: "test", body)
    }
}
