/// The replies to a pipeline, in the order of its commands, and what they took.
package struct RedisExchange: Sendable {
    package var replies: [RedisReply]
    /// From the first byte sent to the last received.
    package var elapsed: Duration
    package var bytesSent: Int
    package var bytesReceived: Int

    package init(replies: [RedisReply], elapsed: Duration, bytesSent: Int, bytesReceived: Int) {
        self.replies = replies
        self.elapsed = elapsed
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }
}
