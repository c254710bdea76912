import StreamModel
import Testing

@testable import Alerting

@Suite("Consumers that sit on their entries")
struct GroupConsumerRuleTests {
    private func group(
        _ statuses: [ConsumerStatus: Int], _ change: (inout GroupSnapshot) -> Void = { _ in }
    ) -> GroupSnapshot {
        .shippers {
            $0.consumersByStatus = statuses
            change(&$0)
        }
    }

    @Test(
        "are one incident per group and kind",
        arguments: [
            ([.active: 3], .clear, .clear), ([.busy: 1, .idle: 1, .abandoned: 1], .clear, .clear),
            ([.stale: 1, .active: 2], .fires, .clear), ([.stuck: 2, .active: 1], .clear, .fires),
            ([.stuck: 1, .stale: 2], .fires, .fires),
        ] as [([ConsumerStatus: Int], RuleBench.Outcome, RuleBench.Outcome)])
    func kinds(statuses: [ConsumerStatus: Int], stale: RuleBench.Outcome, stuck: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.consumerStale, on: .shop(group: group(statuses))) == stale)
        #expect(bench.outcome(.consumerStuck, on: .shop(group: group(statuses))) == stuck)
    }

    @Test(
        "cannot be told apart while the window fills, or where they cannot be read",
        arguments: [
            ([:], .unknown, nil, .unknown), ([.idle: 2], .unknown, nil, .unknown), ([.idle: 3], .unknown, nil, .clear),
            ([.idle: 2], .ok, nil, .clear), ([:], .ok, .noPermission(command: "XINFO"), .unknown),
            ([.stale: 1], .unknown, .noPermission(command: "XINFO"), .fires),
        ] as [([ConsumerStatus: Int], GroupStatus, SampleError?, RuleBench.Outcome)])
    func unknown(
        statuses: [ConsumerStatus: Int], status: GroupStatus, error: SampleError?, outcome: RuleBench.Outcome
    ) {
        var bench = RuleBench()
        let look = group(statuses) {
            $0.status = status
            $0.error = error
        }
        #expect(bench.outcome(.consumerStale, on: .shop(group: look)) == outcome)
    }

    @Test("are named, those that hold most first, with what they hold")
    func stale() throws {
        var bench = RuleBench()
        let look = group([.stale: 2, .active: 1]) {
            $0.consumers = [
                .worker(1, .stale, pending: 3, idle: 720), .worker(2, .active, pending: 9, idle: 1),
                .worker(3, .stale, pending: 12, idle: 900),
            ]
        }
        let finding = try bench.finding(.consumerStale, on: .shop(group: look))
        #expect(
            finding.what
                == "2 of the 3 consumers of group shippers of stream orders hold 15 pending entries, idle for up "
                + "to 30 min, and have not been seen for at least 12 min.")
        #expect(finding.details == ["consumers": "worker-3 (12 pending), worker-1 (3 pending)"])
        #expect(finding.command == "XPENDING orders shippers - + 10 worker-3")
    }

    @Test("are said to be seen where they are stuck, in the singular where there is one")
    func stuck() throws {
        var bench = RuleBench()
        let one = group([.stuck: 1]) {
            $0.consumerCount = 1
            $0.consumers = [.worker(1, .stuck, pending: 1, idle: 1200)]
        }
        #expect(
            try bench.finding(.consumerStuck, on: .shop(group: one)).what
                == "The only consumer of group shippers of stream orders is still seen, yet holds 1 pending entry, idle "
                + "for up to 40 min.")
        let all = group([.stuck: 3])
        let finding = try bench.finding(.consumerStuck, on: .shop(group: all))
        #expect(
            finding.what
                == "All 3 consumers of group shippers of stream orders are still seen, yet hold pending entries.")
        #expect(finding.details.isEmpty)
        #expect(finding.command == "XPENDING orders shippers - + 10")
    }

    @Test("are named up to ten, and counted beyond")
    func many() throws {
        var bench = RuleBench()
        let look = group([.stale: 20]) {
            $0.consumerCount = 50
            $0.consumers = (0..<12).map { .worker(10 + $0, .stale, pending: 5, idle: 720) }
            $0.consumersNotShown = 38
        }
        let finding = try bench.finding(.consumerStale, on: .shop(group: look))
        #expect(finding.what.hasPrefix("20 of the 50 consumers of group shippers of stream orders hold at least 60 "))
        let names = (10..<20).map { "worker-\($0) (5 pending)" }.joined(separator: ", ")
        #expect(finding.details["consumers"] == names + " and 10 more")
    }
}
