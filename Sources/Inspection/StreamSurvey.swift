import RedisClient
import Sampling
import StreamModel

/// What has to be known of a stream before its entries are asked for.
struct StreamSurvey: Sendable {
    var groups: [GroupObservation]
    /// What one entry takes, by the stream's memory.
    var entryBytes: Int
    /// Else they are told by `XINFO STREAM FULL`.
    var mayAskGroups: Bool
    var mayAskCounters = true
    var refusals: [SampleError] = []

    static func commands(_ stream: Name) -> [RedisCommand] {
        [
            RedisCommand("XINFO", "GROUPS", key: stream.bytes), RedisCommand("XLEN", key: stream.bytes),
            RedisCommand("MEMORY", "USAGE", key: stream.bytes),
        ]
    }

    init(groups: [GroupObservation], entryBytes: Int) {
        self.groups = groups
        self.entryBytes = entryBytes
        mayAskGroups = false
    }

    /// Takes the replies to `commands`.
    init(_ replies: [RedisReply], usualEntryBytes: Int) throws(SampleError) {
        groups = try replies[0].groupList()
        mayAskGroups = true
        if let length = replies[1].integer, let memory = replies[2].integer {
            entryBytes = StreamCost.entryBytes(memory: memory, length: length)
        } else {
            entryBytes = usualEntryBytes
        }
        // The two entries that come with the counters.
        mayAskCounters = entryBytes <= EntryInspector.mostEntryBytes
    }

    var kind: StreamQuestion.Kind {
        mayAskGroups ? mayAskCounters ? .counters : .length(earlier: nil) : .full
    }
}
