import Alerting
import FoundationEssentials
import StreamModel
import TestSupport
import Testing

@Suite("Random looks")
struct IncidentPropertyTests {
    private static let keys: [IncidentKey] =
        ["a", "b"].flatMap { group in
            [
                Incidents.key(.groupStopped, group: group), Incidents.key(.lagHigh, .warning, group: group),
                Incidents.key(.lagHigh, .critical, group: group), Incidents.key(.consumerStale, group: group),
                Incidents.key(.groupVanished, group: group),
            ]
        } + [Incidents.key(.redisDown), Incidents.key(.sampleStale), Incidents.key(.streamsNotSampled)]

    private static func verdict(_ random: inout SplitMix64) -> Verdict {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...4:
            let hold: Int64 = [0, 0, 1500, 4000].randomElement(using: &random) ?? 0
            let keep: Int64 = [0, 0, 3000].randomElement(using: &random) ?? 0
            let notify: [String]?? = [nil, nil, ["a"], []].randomElement(using: &random)
            return .holds(Incidents.finding(hold: hold, keepFiring: keep, notify: notify ?? nil))
        case 5...7: return .clear
        case 8: return .unknown
        default: return .gone(.streamGone)
        }
    }

    private static func context(at now: Timestamp, _ random: inout SplitMix64) -> IncidentContext {
        var context = IncidentContext(settings: AlertSettings())
        context.channels = [
            ChannelRoute(name: "a", repeatMilliseconds: 5000),
            ChannelRoute(name: "b", repeatMilliseconds: nil, sendsResolved: true),
        ]
        if Int.random(in: 0..<6, using: &random) == 0 {
            context.silences = [
                Silence(
                    matchers: [Silence.Matcher(label: "group", pattern: "a")], startsAt: now,
                    endsAt: now.advanced(byMilliseconds: 1), comment: "")
            ]
        }
        return context
    }

    @Test("never fire twice without an end, nor end what did not fire, for anybody", arguments: UInt64(1)...60)
    func alternation(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var machine = IncidentMachine()
        var now = Timestamp(milliseconds: 0)
        var firing: Set<IncidentKey> = []
        var told: [String: Set<IncidentKey>] = [:]
        for _ in 0..<400 {
            now = now.advanced(byMilliseconds: [500, 1000, 1000, 20_000].randomElement(using: &random) ?? 0)
            var verdicts: [IncidentKey: Verdict] = [:]
            for key in machine.keys(of: "demo") { verdicts[key] = Self.verdict(&random) }
            for key in Self.keys where Bool.random(using: &random) { verdicts[key] = Self.verdict(&random) }
            let context = Self.context(at: now, &random)
            let actions = machine.ingest(verdicts, of: "demo", at: now, gapMilliseconds: 5000, context: context)
            for action in actions {
                switch action {
                case .fired(let incident):
                    #expect(firing.insert(incident.key).inserted)
                case .resolved(let incident):
                    #expect(firing.remove(incident.key) != nil)
                    #expect(verdicts[incident.key] == .clear || verdicts[incident.key] == .gone(.streamGone))
                case .tell(let channel, let incident) where incident.phase == .firing:
                    let isNews = told[channel, default: []].insert(incident.key).inserted
                    #expect(isNews || channel == "a")
                    #expect(firing.contains(incident.key))
                case .tell(let channel, let incident):
                    #expect(told[channel, default: []].remove(incident.key) != nil)
                }
            }
            // Whoever was told of something that has ended was told of the end in the same breath.
            #expect(told.values.allSatisfy { $0.isSubset(of: firing) })
            #expect(Set(machine.incidents.filter { $0.phase == .firing }.map(\.key)) == firing)
        }
    }

    @Test("leave a machine that reads back from its file as it was", arguments: UInt64(1)...20)
    func restored(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var machine = IncidentMachine()
        var now = Timestamp(milliseconds: 0)
        for _ in 0..<50 {
            now = now.advanced(byMilliseconds: 1000)
            var verdicts: [IncidentKey: Verdict] = [:]
            for key in machine.keys(of: "demo").union(Self.keys) { verdicts[key] = Self.verdict(&random) }
            _ = machine.ingest(
                verdicts, of: "demo", at: now, gapMilliseconds: 5000, context: Self.context(at: now, &random))
            let saved = try JSONEncoder().encode(machine)
            #expect(try JSONDecoder().decode(IncidentMachine.self, from: saved) == machine)
        }
    }

    @Test("of more trouble than anybody can look at are bounded")
    func bounded() {
        var machine = IncidentMachine()
        let finding = Verdict.holds(Incidents.finding())
        let verdicts = (0..<IncidentMachine.limit + 100).map { number in
            (Incidents.key(.groupStopped, group: "group \(number)"), finding)
        }
        let actions = machine.ingest(
            Dictionary(verdicts) { $1 }, of: "demo", at: Timestamp(milliseconds: 0), gapMilliseconds: 5000,
            context: IncidentContext(settings: AlertSettings()))
        #expect(actions.count == IncidentMachine.limit)
        #expect(machine.keys(of: "demo").count == IncidentMachine.limit)
    }
}
