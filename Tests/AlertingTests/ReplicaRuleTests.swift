import Alerting
import StreamModel
import Testing

@Suite("Replicas that lag")
struct ReplicaRuleTests {
    private typealias Replica = NodeObservation.Replica

    private func look(_ replicas: [Replica], limit: Int64? = nil) -> Verdict {
        var target = RuledTarget(limits: limit.map { [.replicaLagging: [.seconds: $0]] } ?? [:])
        target.snapshot.nodes = [RuledTarget.up { $0.replicas = replicas }]
        return target.look(.replicaLagging)
    }

    private func replica(_ number: Int, lag: Int64 = 0, _ state: String = "online") -> Replica {
        Replica(address: "10.0.0.\(number)", port: "6379", state: state, lagSeconds: lag)
    }

    @Test("are those that have acknowledged nothing for more than 10 s")
    func lagging() {
        #expect(look([]).text == "clear")
        #expect(look([replica(2, lag: 10), replica(3, lag: 1)]).text == "clear")
        #expect(
            look([replica(2, lag: 11), replica(3, lag: 1)]).text
                == "A replica of 10.0.0.1:6379 is behind: 10.0.0.2:6379 last acknowledged what it was sent 11 s ago.")
        #expect(look([replica(2, lag: 11)], limit: 11_000).text == "clear")
        #expect(look([replica(2, lag: 11)], limit: 10_999).finding != nil)
    }

    @Test("are also those that have not got their first copy yet")
    func copying() {
        let found = look([
            replica(2, "wait_bgsave"), Replica(address: "::1", port: "1", state: "online", lagSeconds: 30),
        ])
        #expect(
            found.text
                == "2 replicas of 10.0.0.1:6379 are behind: 10.0.0.2:6379 is still being sent a full copy (wait_bgsave); "
                + "[::1]:1 last acknowledged what it was sent 30 s ago.")
        #expect(found.finding?.details == ["replicas": "10.0.0.2:6379, [::1]:1"])
    }

    @Test("are not those that came back and stand there twice")
    func twice() {
        #expect(look([replica(2, lag: 40), replica(2, lag: 1)]).text == "clear")
        #expect(look([replica(2, lag: 1), replica(2, "send_bulk")]).text == "clear")
        #expect(look([replica(2, lag: 40), replica(2, "send_bulk")]).finding != nil)
    }

    @Test("go on to lag when they are cut off, until they are listed in time again or for 10 minutes")
    func cutOff() {
        var target = RuledTarget()
        func look(_ replicas: [Replica], at second: Int64, role: String = "master") -> String {
            target.snapshot.nodes = [
                RuledTarget.up {
                    $0.replicas = replicas
                    $0.connectedReplicas = Int64(replicas.count)
                    $0.identity?.role = role
                }
            ]
            return target.look(.replicaLagging, at: second).text
        }
        let behind = "A replica of 10.0.0.1:6379 is behind: 10.0.0.2:6379"
        _ = look([replica(2, lag: 59), replica(3)], at: 0)
        #expect(
            look([replica(3)], at: 12) == "\(behind) is no longer connected: 12 s ago it was 59 s behind.")
        #expect(look([replica(3)], at: 600) == "\(behind) is no longer connected: 10 min ago it was 59 s behind.")
        #expect(look([replica(3)], at: 601) == "clear")

        _ = look([replica(2, "send_bulk"), replica(3)], at: 700)
        #expect(
            look([], at: 705)
                == "\(behind) is no longer connected: 5 s ago it was still being sent a full copy (send_bulk).")
        target.snapshot.nodes = [RuledTarget.down("gone")]
        #expect(target.look(.replicaLagging, at: 710).text == "unknown")
        #expect(look([], at: 715).hasPrefix(behind))
        #expect(
            look([replica(2, "wait_bgsave")], at: 720) == "\(behind) is still being sent a full copy (wait_bgsave).")
        #expect(look([replica(2)], at: 725) == "clear")
        #expect(look([], at: 730) == "clear")

        _ = look([replica(2, lag: 30)], at: 800)
        #expect(look([], at: 805, role: "slave") == "clear")
    }

    @Test("that hang are told of at the defaults: the server cuts them off after 60 s")
    func hung() {
        var target = RuledTarget()
        var machine = IncidentMachine()
        var fired: [Int64] = []
        for second in stride(from: Int64(0), through: 120, by: 5) {
            target.snapshot.nodes = [
                RuledTarget.up { $0.replicas = second < 60 ? [replica(2, lag: second)] : [] }
            ]
            let verdicts = target.evaluator.evaluate(
                target.snapshot, tracked: machine.keys(of: "t"), at: RuledTarget.time(second))
            let actions = machine.ingest(
                verdicts.filter { $0.key.rule == .replicaLagging }, of: "t", at: RuledTarget.time(second),
                gapMilliseconds: 15_000, context: IncidentContext(settings: AlertSettings()))
            for case .fired in actions { fired.append(second) }
        }
        #expect(fired == [75])
    }

    @Test("are named five at a time")
    func many() throws {
        let found = try #require(look((2...8).map { replica($0, lag: 60) }).finding)
        #expect(found.what.hasPrefix("7 replicas of 10.0.0.1:6379 are behind: 10.0.0.2:6379 last "))
        #expect(found.what.hasSuffix("10.0.0.6:6379 last acknowledged what it was sent 60 s ago; and 2 more."))
    }
}
