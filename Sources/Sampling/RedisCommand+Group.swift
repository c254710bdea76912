package import RedisClient
package import StreamModel

extension RedisCommand {
    /// `XPENDING` with a range: rows of a group's pending entries, the first at `start` or after it.
    ///
    /// Never with `IDLE`: it goes through the whole list for as long as it finds nothing.
    package static func pending(of group: Name, in stream: Name, from start: StreamID, count: Int) -> RedisCommand {
        let range = [start.description, "+", String(count)].map { Array($0.utf8) }
        return RedisCommand("XPENDING", key: stream.bytes, then: [group.bytes] + range)
    }

    /// `XINFO CONSUMERS`.
    package static func consumers(of group: Name, in stream: Name) -> RedisCommand {
        RedisCommand("XINFO", "CONSUMERS", key: stream.bytes, then: [group.bytes])
    }
}
