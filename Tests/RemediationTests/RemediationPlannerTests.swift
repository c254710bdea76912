import StreamModel
import TestSupport
import Testing

@testable import Remediation

@Suite("What remediation decides to do")
struct RemediationPlannerTests {
    @Test("gives an order once the condition has held for two full windows")
    func twoWindows() {
        var scene = PlannerScene([PlannerScene.policy()])
        // Seen first after one second, full after 6 more.
        #expect(scene.polls(6).isEmpty)
        #expect(scene.waits.map(\.reason) == [.windows])
        #expect(scene.poll().count == 1)
        #expect(scene.waits.isEmpty)
    }

    @Test("begins anew where the condition did not hold, samples were missing, or they did not follow from one another")
    func broken() {
        for interruption in 0..<3 {
            var scene = PlannerScene([PlannerScene.policy()])
            #expect(scene.polls(6).isEmpty)
            switch interruption {
            case 0:
                let groups = scene.standing.groups
                scene.standing.groups[0].consumers?[0].longestHeldMilliseconds = 9_999
                #expect(scene.poll().isEmpty)
                scene.standing.groups = groups
            case 1: scene.now = scene.now.advanced(byMilliseconds: PlannerScene.window)
            default: scene.standing.discontinuity = scene.now.advanced(byMilliseconds: 500)
            }
            #expect(scene.polls(6).isEmpty, "interruption \(interruption)")
        }
    }

    @Test("refuses after a restart for as long as entries have to be idle, and says so at once")
    func discontinuity() {
        var scene = PlannerScene([PlannerScene.policy()])
        scene.standing.discontinuity = scene.now
        #expect(scene.poll().isEmpty)
        #expect(scene.records.map(\.reason) == ["discontinuity"])
        #expect(scene.polls(8).isEmpty)
        #expect(scene.poll().count == 1)
        #expect(scene.records.count == 1)
    }

    @Test("a group that a poll has left out is no evidence")
    func leftOut() {
        var scene = PlannerScene([PlannerScene.policy()])
        #expect(scene.polls(7).count == 1)
        let stale = scene.standing.groups
        scene.standing.time = scene.now.advanced(byMilliseconds: 100)
        let look = scene.planner.look(at: scene.standing, pause: nil)
        #expect(scene.standing.groups == stale)
        #expect(look == RemediationLook())
        #expect(scene.planner.nextOrder(&scene.budgets, &scene.records) == nil)
    }

    @Test("says a refusal once, and again when it has become another or an hour has passed")
    func refusals() {
        var scene = PlannerScene([PlannerScene.policy()])
        scene.pause = "deploy"
        #expect(scene.polls(10).isEmpty)
        #expect(scene.records.map(\.reason) == ["paused"])
        scene.pause = nil
        scene.standing.memoryShare = 0.95
        #expect(scene.polls(10).isEmpty)
        #expect(scene.records.map(\.reason) == ["paused", "memory"])
        scene.standing.memoryShare = 0.97
        #expect(scene.polls(3_590).isEmpty)
        #expect(scene.records.map(\.reason) == ["paused", "memory"])
        #expect(scene.polls(10).isEmpty)
        #expect(scene.records.map(\.reason) == ["paused", "memory", "memory"])
        #expect(scene.records.allSatisfy { $0.result == .refused && $0.count == 0 })
    }

    @Test("does nothing where the mode is off, and gives dry orders where either says dry-run")
    func modes() {
        for (ceiling, own, expected) in [
            (RemediationMode.off, RemediationMode.act, nil), (.dryRun, .act, true), (.act, .dryRun, true),
            (.act, nil, false),
        ] as [(RemediationMode, RemediationMode?, Bool?)] {
            var policy = PlannerScene.policy()
            policy.mode = own
            var scene = PlannerScene([policy], mode: ceiling)
            #expect(scene.polls(7).first?.isDryRun == expected)
            #expect(scene.planner.policies.isEmpty == (expected == nil))
        }
    }

    @Test("a dry run shows each entry once")
    func dryRun() {
        var scene = PlannerScene([PlannerScene.policy()], mode: .dryRun)
        #expect(scene.polls(6).isEmpty)
        let first = scene.poll(PlannerScene.moving)
        #expect(first.first?.skipped.isEmpty == true)
        #expect(scene.records.last?.result == .dryRun)
        #expect(scene.records.last?.entries.count == 100)
        #expect(scene.poll().first?.skipped.count == 100)
    }

    @Test("the poll's entries are those of all policies together, and of each")
    func cycleBudget() {
        var small = PlannerScene.policy(name: "small")
        small.limits.perCycle = 30
        var scene = PlannerScene([small, PlannerScene.policy(name: "large")])
        #expect(scene.polls(6).isEmpty)
        let orders = scene.poll(PlannerScene.moving)
        #expect(orders.map(\.policy) == ["small", "large"])
        #expect(orders.map(\.allowance) == [30, 70])
    }

    @Test("the hour's entries hold over all polls; what was not moved is given back, and the end is said")
    func hourlyBudget() {
        var scene = PlannerScene([PlannerScene.policy()]) { $0.limits.perHour = 150 }
        #expect(scene.polls(6).isEmpty)
        // An order that moves nothing costs nothing.
        #expect(scene.poll().map(\.allowance) == [100])
        #expect(scene.poll(PlannerScene.moving).map(\.allowance) == [100])
        #expect(scene.poll(PlannerScene.moving).map(\.allowance) == [50])
        #expect(scene.poll(PlannerScene.moving).isEmpty)
        #expect(scene.records.last?.reason == "hourly_budget")
        #expect(scene.polls(3_500).isEmpty)
        // The minutes that were spent first come back after the hour.
        #expect(!scene.polls(200).isEmpty)
    }

    @Test("waits between two actions on one group, whichever policy is next")
    func cooldown() {
        var scene = PlannerScene([
            PlannerScene.policy(name: "first"), PlannerScene.policy(.requeue(to: Name("retry")), name: "second"),
        ]) { $0.cooldownMilliseconds = 5_000 }
        #expect(scene.polls(6).isEmpty)
        #expect(scene.poll(PlannerScene.moving).map(\.policy) == ["first"])
        for _ in 0..<4 {
            #expect(scene.poll(PlannerScene.moving).isEmpty)
            #expect(scene.waits.map(\.reason) == [.cooldown, .cooldown])
        }
        #expect(scene.poll(PlannerScene.moving).map(\.policy) == ["first"])
    }

    @Test(
        "an entry that is tried again and again becomes a dead letter although each try makes its idle time begin anew")
    func retriedPoison() {
        var scene = PlannerScene([PlannerScene.policy(.deadLetter(to: Name("dead"), afterDeliveries: 5))])
        scene.standing.groups[0].maxDeliveries = 5
        for second in 0..<7 {
            scene.standing.groups[0].consumers?[0].longestHeldMilliseconds = second.isMultiple(of: 2) ? 200 : 11_000
            #expect(scene.poll().count == (second == 6 ? 1 : 0))
        }
        scene.standing.groups[0].maxDeliveries = 4
        #expect(scene.polls(3).isEmpty)
    }

    @Test("goes on within the poll for as long as there is more and the budget reaches, but for a claim")
    func more() {
        func orders(_ action: RemediationAction) -> [Int] {
            var scene = PlannerScene([PlannerScene.policy(action)]) { $0.limits.perCycle = 2_500 }
            _ = scene.polls(6)
            return scene.poll { order in
                var outcome = PlannerScene.moving(order)
                outcome.cursor = StreamID(milliseconds: 5, sequence: 0)
                return outcome
            }.map(\.allowance)
        }
        #expect(orders(.requeue(to: nil)) == [1_000, 1_000, 500])
        #expect(orders(.claim(to: Name("rescuer"), rereadsOwnPEL: true)) == [1_000])
    }

    @Test("entries that cannot be moved cost nothing of the budget, and are one record for each reason")
    func manyLeft() {
        var scene = PlannerScene([PlannerScene.policy()])
        #expect(scene.polls(6).isEmpty)
        var number: UInt64 = 0
        let orders = scene.poll { order in
            var outcome = RemediationOutcome()
            guard number < 500 else { return outcome }
            outcome.left = (0..<order.allowance).map { _ in
                number += 1
                return LeftEntry(
                    id: StreamID(milliseconds: number, sequence: 0),
                    reason: number.isMultiple(of: 2) ? .bodyGone : .tooManyFields(4_000))
            }
            outcome.cursor = StreamID(milliseconds: number, sequence: 0)
            return outcome
        }
        #expect(orders.count == 6)
        #expect(scene.records.map(\.reason) == ["body_gone", "too_many_fields"])
        #expect(scene.records.map(\.count) == [250, 250])
    }

    @Test("dead letters go first, and what is theirs is left to them by a policy that may do no more than they")
    func deadLetters() {
        var requeue = PlannerScene.policy(name: "again")
        var dead = PlannerScene.policy(.deadLetter(to: Name("dead"), afterDeliveries: 5), name: "dead")
        func tasks(_ policies: [RemediationPolicy]) -> [RemediationOrder.Task] {
            var scene = PlannerScene(policies)
            scene.standing.groups[0].maxDeliveries = 7
            _ = scene.polls(6)
            return scene.poll().map(\.task)
        }
        let move = RemediationOrder.Task.move(
            to: Name("orders"), leastDeliveries: 0, tooManyDeliveries: 5, hasProvenance: false)
        #expect(
            tasks([requeue, dead]) == [
                .move(to: Name("dead"), leastDeliveries: 5, tooManyDeliveries: nil, hasProvenance: true), move,
            ])
        dead.mode = .dryRun
        #expect(
            tasks([requeue, dead]).last
                == .move(to: Name("orders"), leastDeliveries: 0, tooManyDeliveries: nil, hasProvenance: false))
        requeue.mode = .dryRun
        #expect(tasks([requeue, dead]).last == move)
    }

    @Test("nobody's entries are taken while they are at work: a move spares them, a claim cannot and is refused")
    func atWork() {
        let busy = ConsumerStanding(
            name: Name("batch"), pending: 5, idleMilliseconds: 20_000, status: .busy,
            longestHeldMilliseconds: 20_000, isAtWork: true)
        var move = PlannerScene([PlannerScene.policy()])
        move.standing.groups[0].consumers?.append(busy)
        #expect(move.polls(7).first?.spared == [Name("batch")])
        var claim = PlannerScene([PlannerScene.policy(.claim(to: Name("rescuer"), rereadsOwnPEL: true))])
        claim.standing.groups[0].consumers?.append(busy)
        #expect(claim.polls(7).isEmpty)
        #expect(claim.records.map(\.reason) == ["would_rob"])
        // Nobody but that one holds anything for so long.
        move.standing.groups[0].consumers?.removeFirst()
        #expect(move.polls(3).isEmpty)
    }

    @Test("claims again only once the consumer has been seen since: the claim itself makes it look so")
    func sighting() {
        var scene = PlannerScene([PlannerScene.policy(.claim(to: Name("rescuer"), rereadsOwnPEL: true))])
        #expect(scene.polls(6).isEmpty)
        #expect(scene.poll(PlannerScene.moving).count == 1)
        scene.standing.groups[0].consumers?[1].idleMilliseconds = 1_000
        #expect(scene.poll(PlannerScene.moving).isEmpty)
        #expect(scene.waits.map(\.reason) == [.sighting])
        scene.standing.groups[0].consumers?[1].idleMilliseconds = 300
        #expect(scene.poll(PlannerScene.moving).count == 1)
    }

    @Test("what the server refuses is tried less and less often, and said once")
    func failures() {
        var scene = PlannerScene([PlannerScene.policy()])
        var outcome = RemediationOutcome()
        outcome.obstacle = .server("OOM command not allowed when used memory > 'maxmemory'.")
        #expect(scene.polls(6).isEmpty)
        var attempts: [Int] = []
        for second in 0..<600 where !scene.poll({ _ in outcome }).isEmpty { attempts.append(second) }
        #expect(attempts == [0, 5, 15, 35, 75, 155, 315])
        #expect(scene.records.map(\.reason) == ["oom"])
        #expect(scene.records.map(\.result) == [.failed])
        outcome.obstacle = nil
        while scene.poll({ _ in outcome }).isEmpty {}
        #expect(scene.poll().count == 1)
    }

    @Test("entries that cannot be moved are said once and not tried again")
    func left() {
        var scene = PlannerScene([PlannerScene.policy()])
        var outcome = RemediationOutcome()
        let id = StreamID(milliseconds: 7, sequence: 0)
        outcome.left = [LeftEntry(id: id, reason: .bodyGone)]
        #expect(scene.polls(6).isEmpty)
        #expect(scene.poll({ _ in outcome }).count == 1)
        #expect(scene.records.map(\.reason) == ["body_gone"])
        #expect(scene.records[0].count == 1)
        #expect(scene.poll().first?.skipped == [id])
    }

    @Test("the cursor goes on where the last order ended, and is forgotten when the trouble is over")
    func cursor() {
        var scene = PlannerScene([PlannerScene.policy()])
        var outcome = RemediationOutcome()
        outcome.cursor = StreamID(milliseconds: 9, sequence: 1)
        #expect(scene.polls(6).isEmpty)
        #expect(scene.poll({ _ in outcome }).first?.cursor == .zero)
        #expect(scene.poll().first?.cursor == outcome.cursor)
        let groups = scene.standing.groups
        scene.standing.groups[0].consumers?[0].longestHeldMilliseconds = nil
        #expect(scene.poll().isEmpty)
        scene.standing.groups = groups
        #expect(scene.polls(7).first?.cursor == .zero)
    }

    @Test("what was requeued again and again is a dead letter in the end, although each copy is delivered once")
    func poisonOfReaders() {
        let policies = [
            PlannerScene.policy(name: "again"),
            PlannerScene.policy(.deadLetter(to: Name("dead"), afterDeliveries: 3), name: "dead"),
        ]
        var scene = PlannerScene(policies)
        var poison = StreamID(milliseconds: 1, sequence: 0)
        var moves: [String] = []
        for second in 0..<60 {
            if second == 30 {
                // A restart must not let it begin anew.
                let planner = scene.planner
                scene.planner = RemediationPlanner(
                    target: "t", settings: planner.settings, payloadGuard: 0, memory: planner.memory)
            }
            _ = scene.poll { order in
                var outcome = RemediationOutcome()
                let deliveries = 1 + (order.earlierDeliveries[poison] ?? 0)
                guard case .move(_, let least, let tooMany, _) = order.task, deliveries >= least,
                    tooMany.map({ deliveries < $0 }) ?? true, moves.last != "dead 3"
                else { return outcome }
                let copy = StreamID(milliseconds: poison.milliseconds + 1, sequence: 0)
                outcome.entries = [MovedEntry(id: poison, deliveries: deliveries, copy: copy)]
                moves.append("\(order.policy) \(deliveries)")
                poison = copy
                return outcome
            }
        }
        #expect(moves == ["again 1", "again 2", "dead 3"])
    }

    @Test("forgets only consumers that hold nothing and are abandoned")
    func forget() {
        var scene = PlannerScene([PlannerScene.policy(.forgetConsumer)])
        #expect(scene.polls(8).isEmpty)
        scene.standing.groups[0].consumers = [
            ConsumerStanding(name: Name("a"), pending: 0, idleMilliseconds: 90_000_000, status: .abandoned),
            ConsumerStanding(name: Name("b"), pending: 1, idleMilliseconds: 90_000_000, status: .abandoned),
            ConsumerStanding(name: Name("c"), pending: 0, idleMilliseconds: 90_000_000, status: .idle),
        ]
        let order = scene.polls(7).first
        #expect(order?.task == .forget([Name("a")]))
        #expect(order?.minIdleMilliseconds == 86_400_000)
    }

    @Test("new settings forget what was remembered of a policy that has changed, and of no other")
    func reload() {
        var scene = PlannerScene([PlannerScene.policy(name: "a"), PlannerScene.policy(name: "b")])
        #expect(scene.polls(6).isEmpty)
        var settings = scene.planner.settings
        settings.policies[0].minIdleMilliseconds = 11_000
        scene.planner.configure(settings)
        #expect(scene.poll().map(\.policy) == ["b"])
    }

    @Test(
        "whatever happens: no order before two full windows or while paused, and no budget is overdrawn",
        arguments: 0..<20)
    func property(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var own = PlannerScene.policy(name: "own")
        own.limits = EntryLimits(perCycle: 40, perHour: 500)
        var scene = PlannerScene([own, PlannerScene.policy(.requeue(to: Name("retry")), name: "other")]) {
            $0.limits.perHour = 900
        }
        scene.standing.groups.append(PlannerScene.group("orders:2"))
        let troubled = scene.standing.groups
        var since: [Name: Timestamp] = [:]
        var movedLately: [(time: Timestamp, policy: String, count: Int)] = []
        for _ in 0..<2_000 {
            for (index, group) in troubled.enumerated() where Int.random(in: 0..<20, using: &random) == 0 {
                scene.standing.groups[index] = group
                if Bool.random(using: &random) { scene.standing.groups[index].consumers = [] }
            }
            scene.pause = Int.random(in: 0..<10, using: &random) == 0 ? "test" : nil
            if Int.random(in: 0..<50, using: &random) == 0 { scene.standing.discontinuity = scene.now }
            let (before, isPaused, time) = (since, scene.pause != nil, scene.now.advanced(byMilliseconds: 1_000))
            let orders = scene.poll { order in
                var outcome = PlannerScene.moving(order)
                outcome.entries = Array(outcome.entries.prefix(Int.random(in: 0...order.allowance, using: &random)))
                movedLately.append((time, order.policy, outcome.entries.count))
                return outcome
            }
            for group in scene.standing.groups {
                let isBroken = scene.standing.discontinuity.map { $0 > before[group.stream] ?? $0 } ?? false
                let isTroubled = group.consumers?.isEmpty == false
                since[group.stream] = isTroubled ? (isBroken ? nil : before[group.stream]) ?? scene.now : nil
            }
            #expect(orders.isEmpty || !isPaused)
            for order in orders {
                let held = since[order.stream].map { scene.now.milliseconds(since: $0) } ?? 0
                #expect(held >= 2 * PlannerScene.window)
            }
            movedLately.removeAll { scene.now.milliseconds(since: $0.time) >= 3_600_000 }
            #expect(movedLately.reduce(0) { $0 + $1.count } <= 900)
            #expect(movedLately.filter { $0.policy == "own" }.reduce(0) { $0 + $1.count } <= 500)
            let cycle = movedLately.filter { $0.time == scene.now }
            #expect(cycle.reduce(0) { $0 + $1.count } <= 100)
            #expect(cycle.filter { $0.policy == "own" }.reduce(0) { $0 + $1.count } <= 40)
        }
    }
}
