/// One receiver: a channel has several where it is a cluster of Alertmanagers.
package struct LaneID: Hashable, Comparable, Sendable {
    package var channel: String
    /// The place of its URL in the channel's list.
    package var peer: Int

    package init(channel: String, peer: Int) {
        self.channel = channel
        self.peer = peer
    }

    package static func < (left: LaneID, right: LaneID) -> Bool {
        (left.channel, left.peer) < (right.channel, right.peer)
    }
}
