/// One receiver: a channel has several where it is a cluster of Alertmanagers.
package struct LaneID: Hashable, Comparable, Sendable {
    package var channel: String
    /// 0 where the channel has one receiver, whatever its URL; of several, a number that goes with the URL.
    package var peer: Int

    package init(channel: String, peer: Int) {
        self.channel = channel
        self.peer = peer
    }

    package static func < (left: LaneID, right: LaneID) -> Bool {
        (left.channel, left.peer) < (right.channel, right.peer)
    }
}
