/// How far requests may run ahead of the server.
///
/// The first is sent in any case, and what was sent is answered.
package struct PipelineLimit: Sendable {
    /// What the replies under way may be expected to take; one request is under way whatever it takes.
    package var bytesUnderWay: Int
    /// The time of the server's after which no further request is sent; nil: however long it takes.
    package var time: Duration?
    /// What of the first request's time is the network's; while others are under way, nobody waits for it.
    package var networkTime: Duration

    package init(bytesUnderWay: Int = .max, time: Duration? = nil, networkTime: Duration = .zero) {
        self.bytesUnderWay = bytesUnderWay
        self.time = time
        self.networkTime = networkTime
    }
}
