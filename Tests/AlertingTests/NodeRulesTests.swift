import Alerting
import StreamModel
import Testing

@Suite("The rules about a target and its servers")
struct NodeRulesTests {
    @Test("RedisDown holds while a server is down, and says why")
    func down() {
        var target = RuledTarget()
        #expect(target.look(.redisDown).text == "clear")
        target.snapshot.nodes = [RuledTarget.down("no answer within 2 s")]
        target.snapshot.isUp = false
        #expect(target.look(.redisDown, at: 5).text == "10.0.0.1:6379 cannot be sampled: no answer within 2 s.")
        target.snapshot.nodes = [RuledTarget.down(nil)]
        #expect(target.look(.redisDown, at: 10).text == "10.0.0.1:6379 cannot be sampled: it has not answered yet.")
        target.snapshot.nodes = []
        #expect(target.look(.redisDown, at: 15).text == "node_gone")
    }

    @Test(
        "RedisDown ends in one full stop, also where the error does",
        arguments: ["WRONGPASS invalid password or user is disabled.", "it ends so... ", "no more"])
    func stop(error: String) {
        var target = RuledTarget()
        target.snapshot.nodes = [RuledTarget.down(error)]
        let text = target.look(.redisDown).text
        #expect(text.hasSuffix(".") && !text.hasSuffix("..") && !text.hasSuffix(" ."))
    }

    @Test(
        "Nothing else is known of a server that is down, or of which nothing is told",
        arguments: AlertRule.allCases.filter { $0.definition.scope == .node && $0 != .redisDown })
    func unknown(rule: AlertRule) {
        for node in [RuledTarget.down("gone"), RuledTarget.up { $0 = NodeObservation() }] {
            var target = RuledTarget()
            target.snapshot.nodes = [node]
            target.snapshot.nodes[0].evictionEndangersStreams = nil
            #expect(target.look(rule).text == "unknown")
        }
    }

    @Test(
        "A server without troubles is in none, once there is something to compare",
        arguments: AlertRule.allCases.filter { $0.definition.scope == .node })
    func well(rule: AlertRule) {
        var target = RuledTarget()
        for second in stride(from: 0, through: 60, by: 5) {
            target.snapshot.polling.roundTrip.record(seconds: 0.001)
            _ = target.look(rule, at: Int64(second))
        }
        target.snapshot.polling.roundTrip.record(seconds: 0.001)
        #expect(target.look(rule, at: 65).text == "clear")
    }

    @Test(
        "StreamsNotSampled names some of them",
        arguments: [
            (0, [], "clear"), (1, [], "1 stream matches the configuration beyond max_streams and is not sampled."),
            (
                7, ["a", "b", "c", "d", "e", "f"],
                "7 streams match the configuration beyond max_streams and are not sampled, such as a, b, c, d, e."
            ),
        ] as [(Int, [String], String)])
    func notSampled(count: Int, names: [String], text: String) {
        var target = RuledTarget()
        target.snapshot.streamsNotSampled = count
        target.snapshot.namesNotSampled = names.map { Name($0) }
        #expect(target.look(.streamsNotSampled, on: .target).text == text)
        target.snapshot.isUp = false
        #expect(target.look(.streamsNotSampled, on: .target).text == "unknown")
    }
}
