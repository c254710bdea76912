/// The replies to a pipeline, in the order of its commands, and what they took.
package struct RedisExchange: Sendable {
    package var replies: [RedisReply]
    /// From the first byte sent to the last received; from the last reply to the one before, where that was under way still.
    package var elapsed: Duration
    /// Whether it was sent while another was under way: then nobody has waited for the network.
    package var followed: Bool
    package var bytesSent: Int
    package var bytesReceived: Int

    package init(
        replies: [RedisReply], elapsed: Duration, followed: Bool = false, bytesSent: Int, bytesReceived: Int
    ) {
        self.replies = replies
        self.elapsed = elapsed
        self.followed = followed
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }
}
