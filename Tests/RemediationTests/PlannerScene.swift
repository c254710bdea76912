import StreamModel

@testable import Remediation

/// A planner, a target that is looked at every second, and what came of it.
struct PlannerScene {
    static let window: Int64 = 3_000

    var planner: RemediationPlanner
    var budgets = RemediationBudgets()
    var standing: TargetStanding
    var now = Timestamp(milliseconds: 1_800_000_000_000)
    var pause: String?
    var records: [ActionRecord] = []
    var waits: [RemediationWait] = []

    init(
        _ policies: [RemediationPolicy], mode: RemediationMode = .act,
        change: (inout RemediationSettings) -> Void = { _ in }
    ) {
        var settings = RemediationSettings()
        settings.mode = mode
        settings.policies = policies
        change(&settings)
        planner = RemediationPlanner(target: "t", settings: settings, payloadGuard: 16_384)
        standing = TargetStanding(target: "t", time: now, judgedGroups: 1)
        standing.groups = [Self.group("orders")]
    }

    static func policy(_ action: RemediationAction = .requeue(to: nil), name: String = "rescue") -> RemediationPolicy {
        RemediationPolicy(
            name: name, stream: Glob("orders*"), group: Glob("*"), action: action, minIdleMilliseconds: 10_000)
    }

    /// A group with a dead consumer that holds ten entries.
    static func group(_ stream: String) -> GroupStanding {
        GroupStanding(
            stream: Name(stream), group: Name("g"), sampledAt: Timestamp(milliseconds: 0), status: .ok, pending: 10,
            maxDeliveries: 1,
            consumers: [
                ConsumerStanding(
                    name: Name("dead"), pending: 10, idleMilliseconds: 60_000, status: .stale,
                    longestHeldMilliseconds: 60_000),
                ConsumerStanding(name: Name("rescuer"), idleMilliseconds: 500, status: .idle),
            ],
            windowMilliseconds: window, staleAfterMilliseconds: 5_000)
    }

    /// A second passes; gives the orders that follow, each of which does what `carryOut` says.
    mutating func poll(
        _ carryOut: (RemediationOrder) -> RemediationOutcome = { _ in RemediationOutcome() }
    ) -> [RemediationOrder] {
        now = now.advanced(byMilliseconds: 1_000)
        standing.time = now
        for index in standing.groups.indices { standing.groups[index].sampledAt = now }
        let look = planner.look(at: standing, pause: pause)
        records += look.records
        waits = look.waits
        var orders: [RemediationOrder] = []
        while let order = planner.nextOrder(&budgets, &records) {
            orders.append(order)
            records += planner.ingest(carryOut(order), of: order, &budgets, at: now)
        }
        return orders
    }

    /// So many polls without an end to the trouble.
    mutating func polls(_ count: Int) -> [RemediationOrder] {
        (0..<count).flatMap { _ in poll() }
    }

    /// As many entries as are allowed.
    static func moving(_ order: RemediationOrder) -> RemediationOutcome {
        var outcome = RemediationOutcome()
        outcome.entries = (1...order.allowance).map { MovedEntry(id: StreamID(milliseconds: UInt64($0), sequence: 0)) }
        return outcome
    }
}
