import Platform
import StreamModel

extension ChannelSettings {
    /// The channel's receivers, and where each is.
    var receivers: [LaneID: Secret] {
        guard kind == .alertmanager else {
            let lane = LaneID(channel: name, peer: 0)
            return urls.first.map { [lane: $0] } ?? [:]
        }
        // Not by its place in the list: what waits for one is not to be sent to another when a third is taken out.
        let peers = urls.map { url in
            (LaneID(channel: name, peer: Int(Name(url.bytes).stableHash & 0x7fff_ffff)), url)
        }
        return Dictionary(peers) { first, _ in first }
    }
}
