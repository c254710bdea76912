import StreamModel

extension GroupSnapshot {
    /// A group of one stream, about to become one with its namesakes in other streams.
    struct Part {
        var stream: Name
        var group: GroupSnapshot
    }

    /// The groups `parts`, all called `name`, by stream, as one.
    ///
    /// Where not `isWhole`, a stream could not be sampled that may have the group too: no sum is known then, and of what
    /// is the worst of all only what others show.
    init(merging parts: [Part], named name: Name, isWhole: Bool) {
        let groups = parts.map(\.group)
        func total(_ value: (GroupSnapshot) -> Int64?) -> Int64? { isWhole ? groups.total(value) : nil }
        func total(_ value: (GroupSnapshot) -> Double?) -> Double? { isWhole ? groups.total(value) : nil }

        self.init(
            name: name,
            // A worker that reads five streams counts five times: the server cannot tell that it is one.
            consumerCount: groups.total { $0.consumerCount } ?? .max,
            // Everything up to the lowest was delivered, in each of them.
            lastDeliveredID: groups.least { $0.lastDeliveredID } ?? .zero,
            entriesRead: total { $0.entriesRead },
            lag: isWhole ? Lag(merging: groups.map(\.lag)) : nil, reportedLag: total { $0.reportedLag },
            lagSeconds: Self.lagSeconds(groups, isWhole: isWhole),
            // Counters of the streams that were sampled alone would fall and rise again, which Prometheus takes for news.
            entriesLost: total { $0.entriesLost }, entriesSkipped: total { $0.entriesSkipped },
            pending: PendingSummary(merging: groups.map(\.pending), isWhole: isWhole),
            consumers: Self.merge(groups.flatMap(\.consumers)),
            consumersNotShown: groups.reduce(0) { $0 + $1.consumersNotShown },
            error: SampleError(ofParts: parts.map { ($0.stream, $0.group.error) }))
        entriesDelivered = total { $0.entriesDelivered }
        entriesAcknowledged = total { $0.entriesAcknowledged }
        deliveredPerSecond = total { $0.deliveredPerSecond }
        acknowledgedPerSecond = total { $0.acknowledgedPerSecond }
        hold = HoldQuantiles(merging: groups.compactMap(\.hold))
        (isDraining, drainSeconds) = Self.drain(groups, isWhole: isWhole)
        // Where trimming comes first is where entries are lost first. A stream that nothing is known of, or that is not
        // trimmed, takes nothing off the danger that another is in.
        trimMarginEntries = groups.least { $0.trimMarginEntries }
        trimMarginSeconds = groups.least { $0.trimMarginSeconds }
        let unseen: [GroupStatus] = isWhole ? [] : [.unknown]
        status = GroupStatus.worst(of: groups.map(\.status) + unseen)
        if status == .losing, groups.contains(where: { $0.statusBesideLosses != nil }) {
            statusBesideLosses = GroupStatus.worst(of: groups.map { $0.statusBesideLosses ?? $0.status } + unseen)
        }
        // Of those known: trouble that was seen is not to wait for what was not.
        consumersByStatus = groups.reduce(into: [:]) { counts, group in
            counts.merge(group.consumersByStatus, uniquingKeysWith: +)
        }
    }

    /// The longest wait that is known; nil where that is none at all while somewhere it is not known, which may be longer.
    private static func lagSeconds(_ groups: [GroupSnapshot], isWhole: Bool) -> Double? {
        let longest = groups.greatest { $0.lagSeconds }
        let isKnown = isWhole && groups.allSatisfy { $0.lagSeconds != nil }
        return longest == 0 && !isKnown ? nil : longest
    }

    /// Whether what waits becomes less in every stream that it waits in, and until when in the last of them: entries do not
    /// move from one to another, so that what is gained in one does not help the next.
    private static func drain(_ groups: [GroupSnapshot], isWhole: Bool) -> (isDraining: Bool?, seconds: Double?) {
        let waiting = groups.filter { $0.lag?.entries != 0 }
        let deciding = waiting.isEmpty ? groups : waiting
        if deciding.contains(where: { $0.isDraining == false }) { return (false, nil) }
        guard isWhole else { return (nil, nil) }
        let isDraining = deciding.allSatisfy { $0.isDraining == true } ? true : nil
        guard deciding.allSatisfy({ $0.drainSeconds != nil }) else { return (isDraining, nil) }
        return (isDraining, deciding.greatest { $0.drainSeconds })
    }

    /// A consumer for each name, by name: there is one series for it.
    private static func merge(_ consumers: [ConsumerSnapshot]) -> [ConsumerSnapshot] {
        Dictionary(consumers.map { ($0.name, $0) }, uniquingKeysWith: { $0.merged(with: $1) }).values
            .sorted { $0.name < $1.name }
    }
}

extension Lag {
    /// The lags of one group in several streams; nil where one is not known.
    ///
    /// Each may be wrong in the same direction, so that the uncertainties add up.
    fileprivate init?(merging parts: [Lag?]) {
        guard let entries = parts.total({ $0?.entries }), let uncertainty = parts.total({ $0?.uncertainty }) else {
            return nil
        }
        self.init(entries: entries, uncertainty: uncertainty)
    }
}

extension HoldQuantiles {
    /// The larger of each; nil where there are none.
    ///
    /// Quantiles cannot be put together. At least so many entries are held no longer, in every stream.
    fileprivate init?(merging parts: [HoldQuantiles]) {
        guard let median = parts.map(\.medianSeconds).max(), let p99 = parts.map(\.p99Seconds).max() else { return nil }
        self.init(medianSeconds: median, p99Seconds: p99)
    }
}
