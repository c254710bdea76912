import StreamModel

extension NodeRules {
    /// ReplicaLagging: also a replica that is only being sent its first copy has none of what was written since.
    static func judgeReplicas(_ look: Look, _ judgement: inout Judgement) {
        guard let limit = judgement.limit(.seconds, of: .replicaLagging) else { return }
        guard look.observation.connectedReplicas != nil || !look.observation.replicas.isEmpty else {
            judgement.isUnknown(.replicaLagging, nil, look.subject)
            return
        }
        let behind = look.observation.freshReplicas.filter { !$0.isOnline || $0.lagSeconds > limit / 1000 }
        if !behind.isEmpty { judgement.holds(.replicaLagging, nil, look.subject, Words(behind, look)) }
    }
}

extension NodeObservation {
    /// One of each: a replica that lost its connection and is back stands twice in INFO until the old one times out.
    fileprivate var freshReplicas: [Replica] {
        var fresh: [String: Replica] = [:]
        for replica in replicas {
            fresh[replica.name] = fresh[replica.name].map { $0.isFresher(than: replica) ? $0 : replica } ?? replica
        }
        return fresh.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension NodeObservation.Replica {
    fileprivate var isOnline: Bool { state == "online" }

    fileprivate var name: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }

    fileprivate func isFresher(than other: NodeObservation.Replica) -> Bool {
        isOnline == other.isOnline ? lagSeconds < other.lagSeconds : isOnline
    }

    fileprivate var sentence: String {
        isOnline
            ? "\(name) last acknowledged what it was sent \(FigureText.duration(Double(lagSeconds))) ago"
            : "\(name) is still being sent a full copy (\(state))"
    }
}

extension Judgement.Words {
    fileprivate init(_ behind: [NodeObservation.Replica], _ look: NodeRules.Look) {
        let listed = behind.prefix(NodeRules.listedNames).map(\.sentence).joined(separator: "; ")
        let others = behind.count - NodeRules.listedNames
        let count = behind.count == 1 ? "A replica" : "\(behind.count) replicas"
        self.init(
            what: "\(count) of \(look.node.node) \(behind.count == 1 ? "is" : "are") behind: \(listed)"
                + "\(others > 0 ? "; and \(others) more" : "").",
            command: "INFO replication",
            details: ["replicas": behind.map(\.name).joined(separator: ", ")])
    }
}
