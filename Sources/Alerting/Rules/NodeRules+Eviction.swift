import StreamModel

extension NodeRules {
    /// EvictionEndangersStreams.
    static func judgeEviction(_ look: Look, _ snapshot: TargetSnapshot, _ judgement: inout Judgement) {
        switch look.node.evictionEndangersStreams {
        case nil: judgement.isUnknown(.evictionEndangersStreams, nil, look.subject)
        case false?: return
        case true?:
            judgement.holds(.evictionEndangersStreams, nil, look.subject, Words(endangered: snapshot.streams, look))
        }
    }
}

extension Judgement.Words {
    fileprivate init(endangered streams: [StreamSnapshot], _ look: NodeRules.Look) {
        let memory = look.observation.memory
        let policy = memory.policy.map { " (\($0))" } ?? ""
        let limit = memory.maxBytes.map { " of \(FigureText.megabytes($0))" } ?? ""
        var what = "The maxmemory_policy of \(look.node.node)\(policy) lets it remove "
        if memory.eviction == .anyKey {
            what += "any key, streams too, when it reaches its maxmemory\(limit)."
        } else {
            let names = streams.lazy.filter { $0.figures?.expires == true }.prefix(NodeRules.listedNames + 1)
                .map(\.name.inSentence)
            let more = names.count > NodeRules.listedNames ? " and others" : ""
            what +=
                "keys that have a time to live when it reaches its maxmemory\(limit), and so have "
                + "\(names.prefix(NodeRules.listedNames).joined(separator: ", "))\(more)."
        }
        self.init(what: what, command: "CONFIG GET maxmemory-policy")
    }
}
