import Inspection
import Remediation
import Settings
import StreamModel

/// What trials and polls have shown of the rights of weir's user, and what it lacks.
struct RightsDiagnosis {
    /// Streams that are named when several are denied.
    private static let namedAtOnce = 5

    /// Rights that some server has denied, each once.
    private var denied: [String] = []
    /// What sampling needs and could not be tried on some server.
    private var untried: [String] = []
    private var tried: Set<String> = []
    private var isWholly = true
    private var allowedContainers: Set<Substring> = []
    private var deniedKeys: Set<Name> = []
    private var deniedStreams: Set<Name> = []

    /// Takes notice of a command of sampling that was tried on `key`.
    mutating func note(_ trial: CommandTrial, on key: Name?) {
        if case .notTried = trial.outcome {
            if !untried.contains(trial.right) { untried.append(trial.right) }
        } else {
            note(outcomeOf: trial, on: key)
        }
    }

    /// The same of a command of remediation.
    mutating func note(remedial trial: CommandTrial, on key: Name?) {
        if case .notTried = trial.outcome { isWholly = false } else { note(outcomeOf: trial, on: key) }
    }

    /// Takes notice of the streams that the user may not read, though it may run the commands.
    mutating func note(_ sample: TargetSample) {
        if sample.nodes.contains(where: { (try? $0.observation.get()) == nil }) { isWholly = false }
        let commands = Set(sample.denied.keys)
        for (name, result) in sample.streams {
            guard case .failure(.noPermission(let command)) = result, !commands.contains(command) else { continue }
            deniedStreams.insert(name)
        }
    }

    private mutating func note(outcomeOf trial: CommandTrial, on key: Name?) {
        tried.insert(trial.right)
        switch trial.outcome {
        case .denied: if !denied.contains(trial.right) { denied.append(trial.right) }
        case .deniedKey: if let key { deniedKeys.insert(key) }
        case .allowed: allowedContainers.insert(trial.right.prefix { $0 != "|" })
        case .notTried, .unknownCommand, .refused: break
        }
    }

    /// What was denied, and what is as likely as not denied too, but could not be tried because of that.
    ///
    /// Redis before 7.0 takes no subcommand for a user who has the whole command already.
    private var missing: [String] {
        guard !denied.isEmpty else { return [] }
        return denied
            + untried.filter { right in
                !denied.contains(right) && !allowedContainers.contains(right.prefix { $0 != "|" })
            }
    }

    /// What it comes to, with the command that grants `user` what it lacks.
    func section(_ target: TargetSettings, _ settings: RemediationSettings, user: String) -> DiagnosisSection {
        let command = AccessList.grant(
            missing, on: deniedKeys.union(deniedStreams), of: target, settings, to: user)
        guard let command else {
            let isAll = isWholly && untried.allSatisfy(tried.contains)
            let text = isAll ? "nothing is denied that weir needs here" : "nothing of what could be tried is denied"
            return DiagnosisSection("Rights", [DiagnosisLine(.ok, text)])
        }
        let grant = DiagnosisLine(
            .warn, "this, typed into redis-cli by an administrator, grants what is denied:")
        return DiagnosisSection("Rights", unread + [grant], command: command)
    }

    private var unread: [DiagnosisLine] {
        guard !deniedStreams.isEmpty else { return [] }
        let names = deniedStreams.sorted().prefix(Self.namedAtOnce).map(\.description).joined(separator: ", ")
        let more = deniedStreams.count > Self.namedAtOnce ? " and more" : ""
        return [
            DiagnosisLine(
                .warn,
                "the user may not read \(deniedStreams.count) of the streams: \(names)\(more); what is not to be watched is "
                    + "left out by streams or exclude")
        ]
    }
}
