/// One of several weirs that share the streams of their targets among them.
package struct Shard: Hashable, Sendable {
    /// From 0, below `count`.
    package let index: Int
    /// At least 1.
    package let count: Int

    /// Nil where there is no such shard.
    package init?(index: Int, count: Int) {
        guard count >= 1, (0..<count).contains(index) else { return nil }
        self.index = index
        self.count = count
    }

    /// Whether this weir is the one that watches the stream: one of all shards is, the same on every machine.
    ///
    /// `stream`: as it is shown, so that the parts of a logical stream stay together.
    package func owns(_ stream: Name, of target: String) -> Bool {
        Self.place(of: Name(Array(target.utf8) + [0] + stream.bytes).stableHash, among: count) == index
    }

    /// Whether this weir is the one that tells people of the target's servers, which all of them poll.
    package func owns(_ target: String) -> Bool {
        Self.place(of: Name(target).stableHash, among: count) == index
    }

    /// Jump consistent hash (Lamping and Veach, 2014): with one place more, only what moves to it moves.
    private static func place(of hash: UInt64, among count: Int) -> Int {
        // It takes its numbers from a weak generator, which needs a key whose bits are all mixed.
        var key = (hash ^ (hash >> 31)) &* 0x9e37_79b9_7f4a_7c15
        key ^= key >> 29
        var (place, next) = (0, 0.0)
        while next < Double(count) {
            place = Int(next)
            key = key &* 2_862_933_555_777_941_757 &+ 1
            next = (Double(place) + 1) * (Double(UInt64(1) << 31) / Double((key >> 33) + 1))
        }
        return place
    }
}

extension Shard: CustomStringConvertible {
    package var description: String { "\(index)/\(count)" }
}
