import Inspection
import RedisClient
import Settings
import StreamModel

extension TrialSubject {
    /// The stream whose replies are the smallest, with a group where there is one; where there is none, some key that the
    /// user should be allowed.
    init(trying streams: StreamResults, of target: TargetSettings) {
        self.init(database: target.topology.access.database)
        let best = streams.seen.min { left, right in
            (left.stream.groups.isEmpty ? 1 : 0, left.stream.memoryBytes ?? .max, left.name)
                < (right.stream.groups.isEmpty ? 1 : 0, right.stream.memoryBytes ?? .max, right.name)
        }
        stream =
            best?.name
            ?? target.streams.lazy.compactMap { pattern in
                let name = pattern.exactName ?? Name(Array(pattern.literalPrefix) + Array("weir".utf8))
                return pattern.matches(name) ? name : nil
            }.first
        group = best?.stream.groups.map(\.name).min()
    }
}
