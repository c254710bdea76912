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

    @Test("are named five at a time")
    func many() throws {
        let found = try #require(look((2...8).map { replica($0, lag: 60) }).finding)
        #expect(found.what.hasPrefix("7 replicas of 10.0.0.1:6379 are behind: 10.0.0.2:6379 last "))
        #expect(found.what.hasSuffix("10.0.0.6:6379 last acknowledged what it was sent 60 s ago; and 2 more."))
    }
}
