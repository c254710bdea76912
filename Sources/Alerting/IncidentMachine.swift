package import StreamModel

/// Turns what the rules say, look by look, into incidents that begin, are told of, and end.
///
/// It has no clock and does no I/O: what it says has to be done is in its actions. It never says of an incident that it
/// fires twice without saying in between that it has ended, and never that something has ended of which it did not say
/// that it fires.
package struct IncidentMachine: Equatable, Sendable {
    /// Incidents that are tracked at most: whatever is wrong beyond that, somebody has been told that all is.
    package static let limit = 10_000
    /// Ended incidents that are kept to be shown.
    package static let keptResolved = 200

    /// By target: those that are pending or fire.
    private var active: [String: [IncidentKey: Incident]] = [:]
    /// The newest last.
    package private(set) var resolved: [Incident] = []
    /// By target.
    private(set) var lastLook: [String: Timestamp] = [:]

    package init() {}

    /// As it was when these were active, and these had ended lately.
    package init(active: [Incident], resolved: [Incident], lastLook: [String: Timestamp] = [:]) {
        for incident in active { self.active[incident.key.target, default: [:]][incident.key] = incident }
        self.resolved = resolved
        self.lastLook = lastLook
    }

    /// Those that are pending or fire, in no order.
    package var incidents: some Sequence<Incident> { active.values.lazy.flatMap(\.values) }

    /// The targets that anything is remembered of.
    package var targets: Set<String> { Set(active.keys) }

    /// The incidents that the next look at the target has to judge.
    package func keys(of target: String) -> Set<IncidentKey> {
        active[target].map { Set($0.keys) } ?? []
    }

    /// Takes what a look at the target says of all that is wrong and of all `keys(of:)`.
    ///
    /// `gapMilliseconds`: where the last look is longer ago, what was pending begins anew.
    package mutating func ingest(
        _ verdicts: [IncidentKey: Verdict], of target: String, at now: Timestamp, gapMilliseconds: Int64,
        context: IncidentContext
    ) -> [IncidentAction] {
        var incidents = active[target] ?? [:]
        let isGap = lastLook[target].map { now.milliseconds(since: $0) > gapMilliseconds } ?? true
        lastLook[target] = now
        var room = Self.limit - active.values.reduce(0) { $0 + $1.count }
        var actions: [IncidentAction] = []
        for (key, verdict) in verdicts {
            // Not in two places: each would copy what the other changes.
            let before = incidents.removeValue(forKey: key)
            if before == nil, room <= 0 { continue }
            let after = step(before, key, verdict, at: now, isGap: isGap, context.settings, &actions)
            room += (before == nil ? 0 : 1) - (after == nil ? 0 : 1)
            incidents[key] = after
        }
        announce(&incidents, at: now, context, &actions)
        active[target] = incidents.isEmpty ? nil : incidents
        return actions.sorted()
    }

    /// The target is no longer watched: what fires has ended.
    package mutating func forget(
        target: String, at now: Timestamp, context: IncidentContext
    ) -> [IncidentAction] {
        let verdicts = Dictionary(
            keys(of: target).map { ($0, Verdict.gone(.targetRemoved)) }, uniquingKeysWith: { $1 })
        let actions = ingest(verdicts, of: target, at: now, gapMilliseconds: 0, context: context)
        lastLook[target] = nil
        return actions
    }

    /// The channel was not told after all, of these incidents by the numbers of their fingerprints: it is told when it would
    /// be told again, or when `retry` says that there is hope.
    package mutating func giveUp(_ fingerprints: Set<UInt64>, channel: String, at now: Timestamp) {
        for (target, incidents) in active {
            for (key, incident) in incidents where incident.told[channel] != nil {
                guard fingerprints.contains(Fingerprint.number(of: incident.labels)) else { continue }
                active[target]?[key]?.told[channel] = nil
                active[target]?[key]?.unreached[channel] = now
            }
        }
    }

    /// Every channel is tried again: the configuration has been read anew.
    package mutating func retry() {
        for (target, incidents) in active {
            for (key, incident) in incidents where !incident.unreached.isEmpty {
                active[target]?[key]?.unreached = [:]
            }
        }
    }

    /// The incident after the verdict; nil where there is none any more.
    private mutating func step(
        _ incident: Incident?, _ key: IncidentKey, _ verdict: Verdict, at now: Timestamp, isGap: Bool,
        _ settings: AlertSettings, _ actions: inout [IncidentAction]
    ) -> Incident? {
        switch verdict {
        case .holds(let finding):
            var incident = incident ?? Incident(key: key, finding: finding, since: now)
            // Nobody has seen it hold in between.
            if isGap, incident.phase == .pending { incident.since = now }
            incident.finding = finding
            incident.lastHeld = now
            guard incident.phase == .pending, now.milliseconds(since: incident.since) >= finding.holdMilliseconds
            else { return incident }
            incident.phase = .firing
            incident.labels = settings.labels(of: key, severity: finding.severity)
            actions.append(.fired(incident))
            return incident
        case .clear:
            guard let incident, incident.phase == .firing else { return nil }
            if now.milliseconds(since: incident.lastHeld) < incident.finding.keepFiringMilliseconds { return incident }
            end(incident, nil, at: now, &actions)
            return nil
        case .unknown:
            // What was not seen has neither gone on nor ended.
            return incident?.phase == .firing ? incident : nil
        case .gone(let departure):
            guard let incident, incident.phase == .firing else { return nil }
            end(incident, departure, at: now, &actions)
            return nil
        }
    }

    private mutating func end(
        _ incident: Incident, _ departure: Departure?, at now: Timestamp, _ actions: inout [IncidentAction]
    ) {
        var incident = incident
        incident.phase = .resolved
        incident.endedAt = now
        incident.departure = departure
        actions.append(.resolved(incident))
        resolved.append(incident)
        if resolved.count > Self.keptResolved { resolved.removeFirst(resolved.count - Self.keptResolved) }
    }

    /// Decides which channels are told of what.
    private func announce(
        _ incidents: inout [IncidentKey: Incident], at now: Timestamp, _ context: IncidentContext,
        _ actions: inout [IncidentAction]
    ) {
        for case .resolved(let incident) in actions {
            // Also of one that is inhibited or silenced by now: whoever was told that it fires waits for its end.
            for channel in context.channels where channel.sendsResolved && incident.told[channel.name] != nil {
                actions.append(.tell(channel: channel.name, incident))
            }
        }
        let inhibition = Inhibition(incidents.values)
        for (key, before) in incidents where before.phase == .firing {
            var incident = before
            incident.suppression = suppression(of: incident, inhibition, context.silences, at: now)
            if incident.suppression == nil {
                for channel in context.channels where incident.isDue(on: channel, at: now) {
                    incident.told[channel.name] = now
                    incident.unreached[channel.name] = nil
                    actions.append(.tell(channel: channel.name, incident))
                }
            }
            if incident != before { incidents[key] = incident }
        }
    }

    private func suppression(
        of incident: Incident, _ inhibition: Inhibition, _ silences: [Silence], at now: Timestamp
    ) -> Incident.Suppression? {
        if let rule = inhibition.inhibitor(of: incident) { return .inhibited(by: rule) }
        return silences.first { $0.covers(incident.labels, at: now) }.map { .silenced(comment: $0.comment) }
    }
}

extension Incident {
    fileprivate func isDue(on channel: ChannelRoute, at now: Timestamp) -> Bool {
        if let notify = finding.notify, !notify.contains(channel.name) { return false }
        guard let last = told[channel.name] ?? unreached[channel.name] else { return true }
        guard let interval = channel.repeatMilliseconds else { return false }
        return now.milliseconds(since: last) >= interval
    }
}

extension Array where Element == IncidentAction {
    /// In an order that does not depend on hashes: what was judged first has no meaning.
    fileprivate func sorted() -> [IncidentAction] {
        sorted { $0.order < $1.order }
    }
}

extension IncidentAction {
    fileprivate var order: Order {
        switch self {
        case .fired(let incident): Order(step: 0, channel: "", key: incident.key)
        case .resolved(let incident): Order(step: 1, channel: "", key: incident.key)
        case .tell(let channel, let incident): Order(step: 2, channel: channel, key: incident.key)
        }
    }

    fileprivate struct Order: Comparable {
        var step: Int
        var channel: String
        var key: IncidentKey

        static func < (left: Order, right: Order) -> Bool {
            (left.step, left.channel, left.key) < (right.step, right.channel, right.key)
        }
    }
}
