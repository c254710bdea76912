/// What the incident machine has to know of a channel.
package struct ChannelRoute: Equatable, Sendable {
    package var name: String
    /// After so long the channel is told again of what still fires; nil: never.
    package var repeatMilliseconds: Int64?
    package var sendsResolved: Bool

    package init(name: String, repeatMilliseconds: Int64?, sendsResolved: Bool = true) {
        self.name = name
        self.repeatMilliseconds = repeatMilliseconds
        self.sendsResolved = sendsResolved
    }
}
