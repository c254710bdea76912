package import StreamModel

/// Decides what remediation does at one target: a value that is shown how the target stands, gives orders, and is told
/// what came of them.
///
/// It knows no clock and does no I/O.
package struct RemediationPlanner: Equatable, Sendable {
    /// What a policy is to do in this poll, should there be room for it.
    struct Candidate: Equatable, Sendable {
        var policy: RemediationPolicy
        var group: GroupStanding
        var key: CaseKey { CaseKey(policy: policy.name, stream: group.stream, group: group.group) }
    }

    /// Entries that one policy cannot move in one group, with the order that found the first of them.
    private struct Left: Equatable, Sendable {
        var order: RemediationOrder
        var entries: [LeftEntry]

        func isOf(_ other: RemediationOrder) -> Bool {
            (order.policy, order.stream, order.group) == (other.policy, other.stream, other.group)
        }
    }

    /// The condition has to hold for so many full windows.
    private static let fullWindows: Int64 = 2
    /// Entries that one order is about at most: what a script moves, nobody else waits for too long.
    private static let mostEntries = 1_000

    package let target: String
    package private(set) var settings: RemediationSettings
    /// What an entry may take in memory for a dry run to look at it.
    let payloadGuard: Int
    private(set) var policies: [RemediationPolicy]
    private(set) var cases: [CaseKey: RemediationCase] = [:]
    /// When something was last done about a group, by any policy.
    private var lastActions: [PlannerMemory.Group: Timestamp] = [:]
    private(set) var lineage: Lineage
    /// What is left to be done in this poll, the first last.
    private var candidates: [Candidate] = []
    /// Whose order is being carried out.
    private var current: Candidate?
    /// What was found not to be movable in this poll.
    private var left: [Left] = []
    /// What was moved in this poll, by policy.
    private var moved: [String: Int] = [:]
    private var now = Timestamp(milliseconds: 0)

    /// `memory`: of the target before weir was restarted.
    package init(
        target: String, settings: RemediationSettings, payloadGuard: Int, memory: PlannerMemory = PlannerMemory()
    ) {
        self.target = target
        self.settings = settings
        self.payloadGuard = payloadGuard
        lastActions = memory.lastActions
        lineage = Lineage(memory.copies)
        policies = Self.ordered(settings.policies(at: target))
    }

    /// What a restart of weir must not forget.
    package var memory: PlannerMemory { PlannerMemory(lastActions: lastActions, copies: lineage.remembered) }

    /// From now on these settings are in force; what is remembered of a policy that has changed is of no use.
    package mutating func configure(_ settings: RemediationSettings) {
        let former = Dictionary(policies.map { ($0.name, ($0, self.settings.mode(of: $0))) }) { $1 }
        self.settings = settings
        policies = Self.ordered(settings.policies(at: target))
        let unchanged = Set(
            policies.filter { policy in
                former[policy.name].map { policy.deals(like: $0.0) && $0.1 == settings.mode(of: policy) } ?? false
            }.map(\.name))
        cases = cases.filter { unchanged.contains($0.key.policy) }
        candidates = []
    }

    /// Takes a look at the target; `pause`: why remediation is paused, nil where it is not.
    package mutating func look(at standing: TargetStanding, pause: String?) -> RemediationLook {
        var look = RemediationLook()
        // Of a poll that was cut short.
        look.records = recordsOfLeft()
        now = standing.time
        candidates = []
        moved = [:]
        lineage.forgetOld(at: now)
        var seen: Set<CaseKey> = []
        for policy in policies {
            for group in standing.groups
            where policy.covers(stream: group.stream, shownAs: group.shownAs, group: group.group) {
                let candidate = Candidate(policy: policy, group: group)
                seen.insert(candidate.key)
                judge(candidate, standing, pause: pause, &look)
            }
        }
        cases = cases.filter { seen.contains($0.key) }
        let groups = Set(standing.groups.map { PlannerMemory.Group(stream: $0.stream, group: $0.group) })
        lastActions = lastActions.filter { groups.contains($0.key) }
        candidates.reverse()
        return look
    }

    /// The next thing to do in this poll; nil: there is no more.
    ///
    /// `records`: what is refused because the hour's entries are spent.
    package mutating func nextOrder(
        _ budgets: inout RemediationBudgets, _ records: inout [ActionRecord]
    ) -> RemediationOrder? {
        while let candidate = candidates.popLast() {
            let policy = candidate.policy
            let isDryRun = settings.mode(of: policy) == .dryRun
            // What is over by now has been dealt with: another policy may have been first.
            if let wait = cooldown(of: candidate), wait > now { continue }
            let cycle = [
                settings.limits.perCycle.map { $0 - movedInCycle(isDryRun: isDryRun) },
                policy.limits.perCycle.map { $0 - moved[policy.name, default: 0] },
            ].compactMap(\.self).min()
            let wanted = min(cycle ?? Self.mostEntries, Self.mostEntries)
            // The rest comes with the next poll.
            guard wanted > 0, cases[candidate.key]?.isFull != true || !isDryRun else { continue }
            let allowance = budgets[isDryRun].reserve(wanted, for: policy, in: settings, at: now)
            guard allowance > 0 else {
                if let refusal = budgets[isDryRun].refusal(of: policy, in: settings, at: now) {
                    refuse(candidate, refusal, &records)
                }
                continue
            }
            current = candidate
            return order(candidate, allowance: allowance, isDryRun: isDryRun)
        }
        records += recordsOfLeft()
        return nil
    }

    /// Takes what came of an order that `nextOrder` gave last, at `now`, and says what is to be told of it.
    package mutating func ingest(
        _ outcome: RemediationOutcome, of order: RemediationOrder, _ budgets: inout RemediationBudgets,
        at time: Timestamp
    ) -> [ActionRecord] {
        let key = CaseKey(policy: order.policy, stream: order.stream, group: order.group)
        let done = outcome.entries.count + outcome.forgotten.count
        budgets[order.isDryRun].giveBack(order.allowance - done, for: order.policy, reservedAt: now)
        moved[order.policy, default: 0] += done
        var state = cases[key] ?? RemediationCase()
        defer { cases[key] = state }
        state.cursor = outcome.cursor
        var records: [ActionRecord] = []
        if done > 0 || !outcome.purged.isEmpty {
            lastActions[PlannerMemory.Group(stream: order.stream, group: order.group)] = time
            if order.action == .claim { state.lastClaim = time }
            if order.action == .requeue, !order.isDryRun { note(outcome.entries, of: order, at: time) }
            records += ActionRecord.done(outcome, order, at: time)
        }
        if !state.isFull { note(outcome.left, of: order) }
        state.learn(outcome.left.map(\.id))
        if order.isDryRun { state.learn(outcome.entries.map(\.id)) }
        guard let obstacle = outcome.obstacle else {
            state.succeeded()
            // What cannot be moved costs the server time as well.
            let isMore = outcome.cursor != .zero && (done > 0 || (1...Self.mostEntries).contains(leftCount(of: order)))
            // One who is given entries is to be seen to take them before there are more.
            if isMore, order.action != .claim, let current { candidates.append(current) }
            return records
        }
        state.failed(at: time)
        if state.isNews(obstacle.code, at: time) { records.append(.stopped(obstacle, order, at: time)) }
        return records
    }

    /// A dead letter is at its end, and not remembered.
    private mutating func note(_ entries: [MovedEntry], of order: RemediationOrder, at time: Timestamp) {
        guard let destination = order.destination else { return }
        for entry in entries {
            lineage.forget(entry.id, in: order.stream)
            guard let copy = entry.copy, let deliveries = entry.deliveries else { continue }
            lineage.note(Lineage.Copy(stream: destination, id: copy, deliveries: deliveries, time: time))
        }
    }

    private mutating func note(_ entries: [LeftEntry], of order: RemediationOrder) {
        guard !entries.isEmpty else { return }
        let same = left.indices.first { left[$0].isOf(order) }
        if let same { left[same].entries += entries } else { left.append(Left(order: order, entries: entries)) }
    }

    private func leftCount(of order: RemediationOrder) -> Int {
        left.first { $0.isOf(order) }?.entries.count ?? 0
    }

    private mutating func recordsOfLeft() -> [ActionRecord] {
        defer { left = [] }
        return left.flatMap { ActionRecord.left($0.entries, $0.order, at: now) }
    }

    // MARK: - Judging

    private mutating func judge(
        _ candidate: Candidate, _ standing: TargetStanding, pause: String?, _ look: inout RemediationLook
    ) {
        let (policy, group) = (candidate.policy, candidate.group)
        var state = cases[candidate.key] ?? RemediationCase()
        // A group that this poll has left out is no evidence of anything.
        if let last = state.lastLook, group.sampledAt <= last { return }
        state.look(
            at: group.sampledAt,
            holds: policy.holds(
                for: group, earlierDeliveries: lineage.mostEarlierDeliveries(in: group.stream)),
            windowMilliseconds: group.windowMilliseconds,
            discontinuity: standing.discontinuity)
        cases[candidate.key] = state
        guard let since = state.heldSince else { return }

        let facts = GuardFacts(policy, group, standing, settings, pause: pause)
        // Before the waits: what concerns the whole target does not pass with time alone.
        if let refusal = Refusal.ofTarget(facts) { return refuse(candidate, refusal, &look.records) }
        func wait(_ reason: RemediationWait.Reason, until: Timestamp) {
            look.waits.append(
                RemediationWait(
                    target: target, key: candidate.key, action: policy.action.kind, reason: reason, since: since,
                    until: until))
        }
        let full = since.advanced(byMilliseconds: Self.fullWindows * group.windowMilliseconds)
        if now < full { return wait(.windows, until: full) }
        if let over = cooldown(of: candidate), now < over { return wait(.cooldown, until: over) }
        if let retry = state.retryAt, now < retry { return wait(.retry, until: retry) }
        if let refusal = Refusal.ofGroup(facts) { return refuse(candidate, refusal, &look.records) }
        if let sighting = sightingDue(of: facts.claimant, since: state.lastClaim) {
            return wait(.sighting, until: sighting)
        }
        candidates.append(candidate)
    }

    /// Until when the consumer has to be seen again, if it was not since it was given entries.
    ///
    /// A claim makes the server say that the consumer has just been seen: its idle time proves something only where it is
    /// shorter than the time since.
    private func sightingDue(of claimant: GuardFacts.Claimant?, since claim: Timestamp?) -> Timestamp? {
        guard let claimant, let claim, let idle = claimant.standing?.idleMilliseconds,
            idle >= now.milliseconds(since: claim)
        else { return nil }
        return claim.advanced(byMilliseconds: claimant.freshnessMilliseconds)
    }

    /// Until when nothing may be done about the group.
    private func cooldown(of candidate: Candidate) -> Timestamp? {
        guard settings.cooldownMilliseconds > 0 else { return nil }
        return lastActions[PlannerMemory.Group(stream: candidate.group.stream, group: candidate.group.group)]
            .map { $0.advanced(byMilliseconds: settings.cooldownMilliseconds) }
    }

    private mutating func refuse(_ candidate: Candidate, _ refusal: Refusal, _ records: inout [ActionRecord]) {
        guard cases[candidate.key, default: RemediationCase()].isNews(refusal.code, at: now) else { return }
        let isDryRun = settings.mode(of: candidate.policy) == .dryRun
        records.append(.refused(refusal, order(candidate, allowance: 1, isDryRun: isDryRun), at: now))
    }

    private func movedInCycle(isDryRun: Bool) -> Int {
        policies.reduce(0) { sum, policy in
            (settings.mode(of: policy) == .dryRun) == isDryRun ? sum + moved[policy.name, default: 0] : sum
        }
    }

    /// Dead letters first: what is moved otherwise is delivered again.
    private static func ordered(_ policies: [RemediationPolicy]) -> [RemediationPolicy] {
        policies.filter { $0.action.kind == .deadLetter } + policies.filter { $0.action.kind != .deadLetter }
    }
}
