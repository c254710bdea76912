import Inspection
import Platform
import RedisClient
import Remediation
import Sampling
import Settings
import StreamModel

/// Finds out what weir can and cannot do at one target.
struct TargetDiagnosis {
    private let target: TargetSettings
    private let settings: Settings
    private var inspector: ServerInspector
    private var rights = RightsDiagnosis()
    private var user: String?

    init(_ target: TargetSettings, _ settings: Settings) {
        self.target = target
        self.settings = settings
        inspector = ServerInspector(target.sampler(settings.poll))
    }

    /// Throws where no server could be read.
    mutating func run() async throws(RedisClientError) -> [DiagnosisSection] {
        let first = try await inspector.begin(at: SteadyClock.wall)
        var sections = [DiagnosisSection("Topology", topology(first))].filter { !$0.lines.isEmpty }
        for node in first.nodes {
            switch node.observation {
            case .failure(let failure):
                sections.append(DiagnosisSection("Server \(node.node)", [DiagnosisLine(.fail, failure.reason)]))
            case .success(let observation):
                do throws(RedisClientError) { sections += try await diagnose(node, observation) } catch {
                    sections.append(DiagnosisSection("Server \(node.node)", [DiagnosisLine(.fail, "\(error)")]))
                }
            }
        }
        if let node = first.nodes.first(where: { (try? $0.observation.get()) != nil }) {
            let lines = try await tryRemediation(on: node, among: first.streams)
            if !lines.isEmpty { sections.append(DiagnosisSection("Remediation", lines)) }
        }
        let (second, cost) = try await inspector.end { SteadyClock.wall }
        let areAllUp = [first, second].allSatisfy { $0.nodes.allSatisfy { (try? $0.observation.get()) != nil } }
        let streams = StreamsDiagnosis(
            target, settings, from: first, to: second, isComplete: inspector.knowsAllStreams && areAllUp,
            at: SteadyClock.wall)
        sections.append(DiagnosisSection("Streams, the largest first", streams.lines))
        sections.append(DiagnosisSection("Settings", streams.settingsLines + [Self.share(cost, settings.poll)]))
        for sample in [first, second] { rights.note(sample) }
        return sections + [rights.section(target, settings.remediation, user: userName)]
    }

    private mutating func diagnose(
        _ node: NodeSample, _ observation: NodeObservation
    ) async throws(RedisClientError) -> [DiagnosisSection] {
        let whoAmI = try await inspector.user(at: node.node)
        if let whoAmI { user = whoAmI }
        var connection = ServerText.lines(
            observation, at: node.node, inspector.endpoint(of: node.node),
            speaksRESP3: await inspector.speaksRESP3(node.node), user: whoAmI)
        if node.denied["TIME"] == nil {
            let (least, median) = try await inspector.roundTrips(to: node.node)
            let times = "\(CostText.milliseconds(least)), median \(CostText.milliseconds(median))"
            connection.append(DiagnosisLine(median < .milliseconds(100) ? .ok : .warn, "round trip at best \(times)"))
        }
        var commands: [DiagnosisLine] = []
        let subject = TrialSubject(trying: node.streams, of: target)
        for right in AccessList.reading(at: target) {
            for name in right.commands {
                let trial = try await attempt(name, on: subject, of: node.node)
                rights.note(trial, on: subject.stream)
                commands.append(trial.line(otherwise: right.otherwise))
            }
        }
        let configuration = try await inspector.configuration(of: node.node)
        return [
            DiagnosisSection("Server \(node.node)", connection),
            DiagnosisSection("Commands, each with its round trip and the bytes of its reply", commands),
            DiagnosisSection(
                "Persistence and replication",
                Durability(observation, configuration, at: SteadyClock.wall).lines),
            DiagnosisSection("What to know of this version and its settings", ServerTrap.lines(for: observation)),
        ].filter { !$0.lines.isEmpty }
    }

    private func topology(_ sample: TargetSample) -> [DiagnosisLine] {
        let part = target.shard.map {
            DiagnosisLine(.ok, "shard \($0): of the streams this weir's part alone, as the daemon would look at them")
        }
        return servers(sample) + [part].compactMap(\.self)
    }

    private func servers(_ sample: TargetSample) -> [DiagnosisLine] {
        switch target.topology {
        case .single: return sample.isPartOfCluster ? [DiagnosisLine(.warn, PollJournal.partOfCluster)] : []
        case .sentinel:
            if let error = inspector.sentinelError { return [DiagnosisLine(.warn, "\(error)")] }
            let names = sample.nodes.map(\.node).joined(separator: ", ")
            return [DiagnosisLine(.ok, "the sentinels name \(names) as the primary")]
        case .cluster:
            let slots = sample.nodes.map { "\($0.node) (\($0.slots ?? 0) slots)" }.joined(separator: ", ")
            let unserved = sample.nodes.reduce(Int(ClusterSlots.count)) { $0 - ($1.slots ?? 0) }
            let line = DiagnosisLine(.ok, "the primaries of the cluster: \(slots)")
            return unserved == 0
                ? [line] : [line, DiagnosisLine(.fail, "nobody serves \(unserved) slots of the cluster")]
        }
    }

    private mutating func attempt(
        _ right: String, on subject: TrialSubject, of node: String
    ) async throws(RedisClientError) -> CommandTrial {
        guard let command = CommandTrial.command(for: right, on: subject) else {
            return CommandTrial(right, .notTried("there is no group to try it on"))
        }
        return CommandTrial(right, try await inspector.ask(command, of: node))
    }

    /// Where the server does not tell who is logged in, by the settings.
    private var userName: String { user ?? target.topology.access.username ?? "default" }

    /// What the policies need, which writes: ACL DRYRUN runs nothing.
    private mutating func tryRemediation(
        on node: NodeSample, among streams: StreamResults
    ) async throws(RedisClientError) -> [DiagnosisLine] {
        var lines: [DiagnosisLine] = []
        for policy in settings.remediation.policies(at: target.name) {
            let stream = streams.keys.sorted().first { policy.stream.matches($0) } ?? policy.stream.exactName
            let mode = settings.remediation.mode(of: policy)
            for right in AccessRight.commands(for: policy.action.kind, in: mode) {
                var trial = CommandTrial(right, .notTried("no stream that the policy is about is known"))
                var otherwise = "the server refuses what the policy would do, and nothing is changed"
                let key = right == "xadd" ? policy.destination ?? stream : stream
                if right == "command|info" {
                    trial = try await attempt(right, on: TrialSubject(database: 0), of: node.node)
                    otherwise =
                        "weir cannot find out whether this server has XAUTOCLAIM, with which the policy would act"
                } else if let key, let command = CommandTrial.dryRun(of: right, as: userName, on: key.bytes) {
                    trial = CommandTrial(right, dryRun: try await inspector.ask(command, of: node.node))
                }
                rights.note(remedial: trial, on: key)
                var line = trial.line(otherwise: otherwise)
                line.text = "policy \(policy.name): \(line.text)"
                lines.append(line)
            }
        }
        return lines
    }

    private static func share(_ cost: PollCost, _ poll: PollSettings) -> DiagnosisLine {
        let share = cost.serverTime / poll.interval
        let text =
            "one poll takes about \(CostText.milliseconds(cost.serverTime)) of a server's time and "
            + "\(CostText.bytes(Int(clamping: cost.bytes))) in \(cost.commands) commands: "
            + "\(FigureText.rate(share * 100)) % of the interval"
        // Beyond it streams that are quiet are looked at less often.
        if share < poll.redisShare { return DiagnosisLine(.ok, text) }
        return DiagnosisLine(.note, "\(text), which is all of redis_share: quiet streams are looked at less often")
    }
}
