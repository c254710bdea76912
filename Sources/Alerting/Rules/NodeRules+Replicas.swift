import StreamModel

extension NodeRules {
    /// ReplicaLagging: also a replica that is only being sent its first copy has none of what was written since, and one
    /// that was behind and is cut off then is no better.
    static func judgeReplicas(_ look: Look, _ judgement: inout Judgement) {
        guard let limit = judgement.limit(.seconds, of: .replicaLagging) else { return }
        guard look.observation.listsReplicas else {
            judgement.isUnknown(.replicaLagging, nil, look.subject)
            return
        }
        let behind = look.record.replicas.behind(limitSeconds: limit / 1000)
        if !behind.isEmpty { judgement.holds(.replicaLagging, nil, look.subject, Words(behind, look)) }
    }
}

extension ReplicaRecord.Sighting {
    fileprivate func sentence(at now: Timestamp) -> String {
        let lag = FigureText.duration(Double(replica.lagSeconds))
        let copy = "still being sent a full copy (\(replica.state))"
        if at == now {
            return replica.isOnline
                ? "\(replica.name) last acknowledged what it was sent \(lag) ago" : "\(replica.name) is \(copy)"
        }
        let ago = FigureText.duration(Double(now.milliseconds(since: at)) / 1000)
        return "\(replica.name) is no longer connected: \(ago) ago it was \(replica.isOnline ? "\(lag) behind" : copy)"
    }
}

extension Judgement.Words {
    fileprivate init(_ behind: [ReplicaRecord.Sighting], _ look: NodeRules.Look) {
        let listed = behind.prefix(NodeRules.listedNames).map { $0.sentence(at: look.now) }.joined(separator: "; ")
        let others = behind.count - NodeRules.listedNames
        let count = behind.count == 1 ? "A replica" : "\(behind.count) replicas"
        self.init(
            what: "\(count) of \(look.node.node) \(behind.count == 1 ? "is" : "are") behind: \(listed)"
                + "\(others > 0 ? "; and \(others) more" : "").",
            command: "INFO replication",
            details: ["replicas": behind.map(\.replica.name).joined(separator: ", ")])
    }
}
