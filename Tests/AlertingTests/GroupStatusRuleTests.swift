import StreamModel
import Testing

@testable import Alerting

@Suite("A group's status")
struct GroupStatusRuleTests {
    private static let workers: [ConsumerSnapshot] = [
        .worker(1, .idle, pending: 0, idle: 720), .worker(2, .idle, pending: 0, idle: 900),
        .worker(3, .idle, pending: 0, idle: 800),
    ]

    private func look(_ status: GroupStatus, lag: Lag? = .exact(1234)) -> TargetSnapshot {
        .shop(
            group: .shippers {
                $0.status = status
                $0.lag = lag
                $0.lagSeconds = 240
                $0.consumers = Self.workers
            })
    }

    @Test(
        "raises what it is called for, and leaves the rest clear or unknown",
        arguments: [
            (.ok, .clear, .clear, .clear, .clear),
            (.stopped, .fires, .clear, .unknown, .unknown),
            (.abandoned, .clear, .fires, .unknown, .unknown),
            (.stalled, .clear, .clear, .fires, .unknown),
            (.lagging, .clear, .clear, .clear, .fires),
            (.losing, .unknown, .unknown, .unknown, .unknown),
            (.unknown, .unknown, .unknown, .unknown, .unknown),
        ]
            as [(
                GroupStatus, stopped: RuleBench.Outcome, abandoned: RuleBench.Outcome, stalled: RuleBench.Outcome,
                lagging: RuleBench.Outcome
            )])
    func statuses(
        status: GroupStatus, stopped: RuleBench.Outcome, abandoned: RuleBench.Outcome, stalled: RuleBench.Outcome,
        lagging: RuleBench.Outcome
    ) {
        var bench = RuleBench()
        #expect(bench.outcome(.groupStopped, .critical, on: look(status)) == stopped)
        #expect(bench.outcome(.groupStopped, .info, on: look(status)) == abandoned)
        #expect(bench.outcome(.groupStalled, on: look(status)) == stalled)
        #expect(bench.outcome(.groupLagging, on: look(status)) == lagging)
    }

    @Test("is not hidden by losses", arguments: [GroupStatus.stopped, .stalled, .lagging, .ok])
    func besideLosses(status: GroupStatus) {
        var bench = RuleBench()
        var look = TargetSnapshot.shop(group: .shippers { $0.status = .losing })
        look.streams[0].groups[0].statusBesideLosses = status
        #expect(bench.outcome(.groupStopped, .critical, on: look) == (status == .stopped ? .fires : .clear))
    }

    @Test("of an abandoned group matters only where entries wait for it")
    func abandoned() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.groupStopped, .info, on: look(.abandoned, lag: .exact(0))) == .clear)
        #expect(bench.outcome(.groupStopped, .info, on: look(.abandoned, lag: nil)) == .unknown)
        let finding = try bench.finding(.groupStopped, .info, on: look(.abandoned))
        #expect(finding.severity == .info)
        #expect(
            finding.what == "Group shippers of stream orders has 1234 entries waiting (exact), the first since 4 min, "
                + "and counts as abandoned: none of its 3 consumers has been seen for 12 min.")
    }

    @Test(
        "of a stopped group comes with how long its consumers were not seen",
        arguments: [
            (.shippers { $0.consumers = workers }, "none of its 3 consumers has been seen for 12 min"),
            (
                .shippers {
                    $0.consumers = workers
                    $0.consumersNotShown = 1
                }, "none of its 3 consumers has been seen lately"
            ),
            (
                .shippers {
                    $0.consumerCount = 1
                    $0.consumers = [workers[0]]
                }, "its only consumer has not been seen for 12 min"
            ),
            (.shippers { $0.consumerCount = 0 }, "it has no consumers"),
        ] as [(GroupSnapshot, String)])
    func stopped(group: GroupSnapshot, absence: String) throws {
        var bench = RuleBench()
        let snapshot = TargetSnapshot.shop(
            group: group.with {
                $0.status = .stopped
                $0.lag = .exact(1234)
                $0.lagSeconds = 240
            })
        let finding = try bench.finding(.groupStopped, on: snapshot)
        #expect(
            finding.what
                == "Group shippers of stream orders has 1234 entries waiting (exact), the first since 4 min, and "
                + "\(absence).")
        #expect(finding.command == "XINFO CONSUMERS orders shippers")
        #expect(finding.severity == .critical)
    }

    @Test("of a group and a stream whose names are empty says so")
    func emptyNames() throws {
        var bench = RuleBench()
        var look = look(.lagging)
        look.streams[0].name = Name("")
        look.streams[0].groups[0].name = Name("")
        let subject = AlertSubject.group(Name(""), stream: Name(""))
        let what = try bench.finding(.groupLagging, on: look, of: subject).what
        #expect(what.hasPrefix("Group \"\" of stream \"\" has 1234 entries waiting"))
        let key = IncidentKey(
            target: "shop", rule: .groupLagging, level: .warning, subject: subject)
        #expect(key.summary == "GroupLagging: group \"\" of stream \"\" at shop")
    }

    @Test("of a stalled group comes with the consumers that are there")
    func stalled() throws {
        var bench = RuleBench()
        #expect(
            try bench.finding(.groupStalled, on: look(.stalled, lag: Lag(entries: 1200, uncertainty: 30))).what
                == "Group shippers of stream orders has about 1200 entries waiting (within 30), the first since 4 min, and "
                + "none of them has been handed out for a whole window, although it has 3 consumers, last seen 12 min "
                + "ago.")
    }

    @Test("of a lagging group comes with the rates where they are known")
    func lagging() throws {
        var bench = RuleBench()
        var snapshot = look(.lagging)
        let what =
            "Group shippers of stream orders has 1234 entries waiting (exact), the first since 4 min, and they do not "
            + "become fewer"
        #expect(try bench.finding(.groupLagging, on: snapshot).what == what + ".")
        snapshot.streams[0].figures?.producedPerSecond = 12.5
        #expect(
            try bench.finding(.groupLagging, on: snapshot).what
                == what + ": 12.5 are added per second, and 10 delivered.")
    }

    @Test("is spoken of with all the bytes of its names, and without a command where its stream is several")
    func names() throws {
        var bench = RuleBench()
        var snapshot = look(.stopped)
        snapshot.streams[0].name = Name("or ders")
        snapshot.streams[0].groups[0].name = Name([0xff])
        let subject = AlertSubject.group(Name([0xff]), stream: Name("or ders"))
        let finding = try bench.finding(.groupStopped, on: snapshot, of: subject)
        #expect(finding.what.hasPrefix(#"Group \xff of stream or ders has"#))
        #expect(finding.command == #"XINFO CONSUMERS "or ders" "\xff""#)
        snapshot.streams[0].members = 2
        #expect(try bench.finding(.groupStopped, on: snapshot, of: subject).command == nil)
    }
}
