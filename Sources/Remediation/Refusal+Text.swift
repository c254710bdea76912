import StreamModel

extension Refusal {
    /// A word for metrics and machines.
    package var code: String {
        switch self {
        case .paused: "paused"
        case .notPrimary: "not_primary"
        case .discontinuity: "discontinuity"
        case .memory: "memory"
        case .storm: "storm"
        case .consumersUnknown: "consumers_unknown"
        case .holdTime: "hold_time"
        case .notDeclared: "not_declared"
        case .noSuchConsumer: "no_such_consumer"
        case .notAlive: "not_alive"
        case .overdueItself: "overdue_itself"
        case .wouldRob: "would_rob"
        case .otherGroups: "other_groups"
        case .noAutoclaim: "no_autoclaim"
        case .slotsDiffer: "slots_differ"
        case .hourlyBudget: "hourly_budget"
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// A sentence without its full stop, to follow `refused: `.
    package var description: String {
        switch self {
        case .paused(""): "remediation is paused"
        case .paused(let reason): "remediation is paused: \(reason)"
        case .notPrimary(let role): "the server is no primary (its role is \(role))"
        case .discontinuity:
            "the server was restarted, failed over, was away or had its clock set: idle times say nothing yet"
        case .memory(let percent): "the server's memory is \(percent) % full; nothing is moved above 90 %"
        case .storm(let unhealthy, let all):
            "\(unhealthy) of \(all) groups are unhealthy at once, which is trouble of Redis or of the network"
        case .consumersUnknown: "the group's consumers cannot be read"
        case .holdTime(let p99):
            "min_idle is shorter than the group's entries are held: 1 in 100 for \(Self.seconds(p99)) or longer"
        case .notDeclared(let consumer):
            "\(consumer.inSentence) is not declared to read its own pending entries (rereads_own_pel): entries would be stranded there"
        case .noSuchConsumer(let consumer):
            "the group has no consumer \(consumer.inSentence), and claiming would make one that nobody reads as"
        case .notAlive(let consumer, let idle): "\(consumer.inSentence) was not seen for \(Self.seconds(idle))"
        case .overdueItself(let consumer): "\(consumer.inSentence) itself holds entries for longer than min_idle"
        case .wouldRob(let consumer): "\(consumer.inSentence) is at work on entries that a claim would take from it"
        case .otherGroups(let count):
            "the stream has \(count) groups, and the others would see copies as new: to_stream names a stream for retries"
        case .noAutoclaim: "the server has no XAUTOCLAIM, which came with Redis 6.2"
        case .slotsDiffer: "the two streams are in different slots of the cluster: give them the same {tag}"
        case .hourlyBudget(let limit, ofPolicy: true):
            "the \(limit) entries of an hour that the policy has (max_entries) are spent; it goes on as the hour passes"
        case .hourlyBudget(let limit, ofPolicy: false):
            "the \(limit) entries of an hour for all policies (entries_per_hour) are spent; it goes on as the hour passes"
        }
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        FigureText.duration(Double(milliseconds) / 1000)
    }
}
