import StreamModel

/// The rules about streams.
enum StreamRules {
    /// What is remembered of streams from look to look: only of those on which a rule has something to compare.
    struct Memory: Equatable, Codable, Sendable {
        var rollbacks = RollbackLog()
        /// Of all streams that hold what was given up on.
        var deadLetters: [Name: DeadLetterRecord] = [:]
        /// Of the streams that take up much memory.
        var untrimmed: [Name: UntrimmedRecord] = [:]
        /// Of the streams that must not be silent, and whose IDs are not a clock's.
        var additions: [Name: AdditionRecord] = [:]
        /// Whether there was a look before this one.
        var hasLooked = false
    }

    static func judge(
        _ snapshot: TargetSnapshot, _ memory: inout Memory, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        judgeRollbacks(snapshot, &memory.rollbacks, settings, at: now, &judgement)
        let limits = Limits(snapshot, settings, judgement)
        // Whatever is put back into these stays; of the others the streams are gone.
        let (deadLetters, untrimmed, additions) = (memory.deadLetters, memory.untrimmed, memory.additions)
        if snapshot.hasLookedEverywhere { (memory.deadLetters, memory.untrimmed, memory.additions) = ([:], [:], [:]) }
        for stream in snapshot.streams where !stream.isGone {
            let look = Look(stream: stream, settings: settings, limits: limits, now: now)
            judgeAge(look, &judgement)
            if limits.judgesDeadLetters, settings.deadLetters.contains(where: { $0.matches(stream.name) }) {
                memory.deadLetters[stream.name] = judgeDeadLetters(
                    look, deadLetters[stream.name], isFirstLook: !memory.hasLooked, &judgement)
            }
            if limits.memoryShare != nil {
                let record = untrimmed.isEmpty ? nil : untrimmed[stream.name]
                // Nothing is looked up for the many streams that are small.
                if let record = judgeUntrimmed(look, record, &judgement) {
                    memory.untrimmed[stream.name] = record
                } else if record != nil {
                    memory.untrimmed[stream.name] = nil
                }
            }
            if !settings.silences.isEmpty, limits.judgesSilence {
                let record = additions.isEmpty ? nil : additions[stream.name]
                if let record = judgeSilence(look, record, &judgement) { memory.additions[stream.name] = record }
            }
        }
        memory.hasLooked = true
    }

    /// One stream in one look.
    struct Look {
        var stream: StreamSnapshot
        var settings: TargetAlertSettings
        var limits: Limits
        var now: Timestamp

        var subject: AlertSubject { .stream(stream.name) }

        /// A logical stream is no key that anything could be typed for.
        func command(_ text: @autoclosure () -> String) -> String? {
            stream.members == nil ? text() : nil
        }
    }

    /// What is the same for all streams of a look.
    struct Limits {
        /// A stream without a sample for longer is stale; nil where nobody is to be told.
        var sampleAgeSeconds: Double?
        /// A stream that takes up more is large, in thousandths of the server's memory; nil where nobody is to be told.
        var memoryShare: Int64?
        /// The memory that there is for streams, by node.
        var memoryBytes: [String: Int64] = [:]
        var judgesDeadLetters: Bool
        var judgesSilence: Bool

        init(_ snapshot: TargetSnapshot, _ settings: TargetAlertSettings, _ judgement: Judgement) {
            func limit(_ limit: RuleLimit, of rule: AlertRule) -> Int64? {
                judgement.isOn(rule) ? judgement.limit(limit, of: rule) : nil
            }
            sampleAgeSeconds = limit(.intervals, of: .sampleStale).map {
                Double($0) * Double(settings.intervalMilliseconds) / 1000
            }
            memoryShare = limit(.memoryShare, of: .streamUntrimmed)
            judgesDeadLetters = judgement.isOn(.deadLetterGrowing)
            judgesSilence = judgement.isOn(.streamSilent)
            for node in snapshot.nodes {
                guard let memory = node.observation?.memory else { continue }
                memoryBytes[node.node] = memory.limitBytes(configured: settings.memoryLimitBytes) ?? memory.usedBytes
            }
        }
    }

    typealias Words = Judgement.Words
}

extension StreamSnapshot {
    /// Whether there is no such stream any more, as far as the last look shows.
    var isGone: Bool {
        switch error {
        case .noSuchKey?, .wrongType?: true
        case .parts(_, _, _, .noSuchKey)?, .parts(_, _, _, .wrongType)?: figures == nil && sampleAgeSeconds == nil
        default: false
        }
    }
}
