package import StreamModel

/// What may still be moved within an hour, by all policies together and by each: over all targets.
package struct RemediationBudget: Equatable, Codable, Sendable {
    private var total = EntryLedger()
    private var policies: [String: EntryLedger] = [:]

    package init() {}

    /// Sets aside as many of `wanted` as may be moved: 0 where the hour's are spent.
    package mutating func reserve(
        _ wanted: Int, for policy: RemediationPolicy, in settings: RemediationSettings, at now: Timestamp
    ) -> Int {
        let own = policy.limits.perHour.map { $0 - (policies[policy.name]?.spent(at: now) ?? 0) }
        let common = settings.limits.perHour.map { $0 - total.spent(at: now) }
        let granted = max(0, min(wanted, own ?? wanted, common ?? wanted))
        add(granted, for: policy.name, at: now)
        return granted
    }

    /// So many of those set aside at that moment were not moved.
    package mutating func giveBack(_ count: Int, for policy: String, reservedAt time: Timestamp) {
        add(-count, for: policy, at: time)
    }

    /// The limit that leaves nothing; nil: something is left.
    func refusal(of policy: RemediationPolicy, in settings: RemediationSettings, at now: Timestamp) -> Refusal? {
        if let limit = policy.limits.perHour, let own = policies[policy.name], own.spent(at: now) >= limit {
            return .hourlyBudget(limit, ofPolicy: true)
        }
        guard let limit = settings.limits.perHour, total.spent(at: now) >= limit else { return nil }
        return .hourlyBudget(limit, ofPolicy: false)
    }

    private mutating func add(_ count: Int, for policy: String, at now: Timestamp) {
        guard count != 0 else { return }
        total.add(count, at: now)
        policies[policy, default: EntryLedger()].add(count, at: now)
    }
}
