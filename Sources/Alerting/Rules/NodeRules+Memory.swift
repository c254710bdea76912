import StreamModel

extension NodeRules {
    /// MemoryHigh, MemoryRunway and MemoryUnlimited.
    static func judgeMemory(_ look: Look, _ judgement: inout Judgement) {
        let memory = look.observation.memory
        let limit = memory.limitBytes(configured: look.settings.memoryLimitBytes)
        judgeShare(memory, limit, look, &judgement)
        judgeRunway(memory, limit, look, &judgement)
        if limit == nil {
            if memory.maxBytes == nil {
                judgement.isUnknown(.memoryUnlimited, nil, look.subject)
            } else {
                judgement.holds(.memoryUnlimited, nil, look.subject, Words(unlimited: look))
            }
        }
    }

    private static func judgeShare(
        _ memory: NodeObservation.Memory, _ limit: Int64?, _ look: Look, _ judgement: inout Judgement
    ) {
        guard let share = judgement.limit(.share, of: .memoryHigh) else { return }
        guard let limit, let used = memory.usedBytes else {
            // Without a limit there is nothing to be near to.
            let isUnlimited = limit == nil && memory.maxBytes != nil
            if !isUnlimited { judgement.isUnknown(.memoryHigh, nil, look.subject) }
            return
        }
        if Double(used) * 1000 > Double(limit) * Double(share) {
            judgement.holds(.memoryHigh, nil, look.subject, Words(used: used, of: limit, look))
        }
    }

    private static func judgeRunway(
        _ memory: NodeObservation.Memory, _ limit: Int64?, _ look: Look, _ judgement: inout Judgement
    ) {
        guard let within = judgement.limit(.within, of: .memoryRunway) else { return }
        if let seconds = memory.isFull(limit) ? 0 : look.node.memoryRunwaySeconds {
            guard seconds * 1000 < Double(within) else { return }
            judgement.holds(.memoryRunway, nil, look.subject, Words(runway: seconds, to: limit, look))
        } else if memory.usedBytes == nil || memory.maxBytes == nil && limit == nil || look.isTooEarlyForTrends {
            judgement.isUnknown(.memoryRunway, nil, look.subject)
        }
    }
}

extension NodeObservation.Memory {
    /// Where there is no room left to grow in, nothing grows: evictions and refused writes keep it just below the limit.
    fileprivate func isFull(_ limit: Int64?) -> Bool {
        guard let usedBytes, let limit else { return false }
        return Double(usedBytes) >= Double(limit) * 0.98
    }
}

extension NodeRules.Look {
    /// Where the memory is heading is told from a whole window: that nothing is said of it before is no good news.
    fileprivate var isTooEarlyForTrends: Bool {
        let least = max(settings.windowMilliseconds, 2 * settings.intervalMilliseconds)
        return record.seenSince.map { now.milliseconds(since: $0) < least } ?? true
    }
}

extension Judgement.Words {
    fileprivate init(unlimited look: NodeRules.Look) {
        let used = look.observation.memory.usedBytes.map { " It uses \(FigureText.megabytes($0)) now." } ?? ""
        self.init(
            what: "\(look.node.node) has no maxmemory, and its target no memory_limit.\(used)",
            command: "CONFIG GET maxmemory")
    }

    fileprivate init(used: Int64, of limit: Int64, _ look: NodeRules.Look) {
        let percent = Int((Double(used) / Double(max(1, limit)) * 100).rounded(.down))
        self.init(
            what: "\(look.node.node) uses \(FigureText.megabytes(used)), \(percent) % of its \(look.limitName) of "
                + "\(FigureText.megabytes(limit)).",
            command: "INFO memory")
    }

    fileprivate init(runway seconds: Double, to limit: Int64?, _ look: NodeRules.Look) {
        let used = look.observation.memory.usedBytes.map { "it uses \(FigureText.megabytes($0)) now" }
        let bytes = limit.map { " of \(FigureText.megabytes($0))" } ?? ""
        let facts = [used].compactMap { $0 }.map { ": \($0)" }.joined()
        let when =
            seconds > 0
            ? "will reach its \(look.limitName)\(bytes) in \(FigureText.duration(seconds)) at the present rate"
            : "has reached its \(look.limitName)\(bytes)"
        self.init(what: "\(look.node.node) \(when)\(facts).", command: "INFO memory")
    }
}

extension NodeRules.Look {
    fileprivate var limitName: String {
        observation.memory.maxBytes.map { $0 > 0 } == true ? "maxmemory" : "memory_limit"
    }
}
