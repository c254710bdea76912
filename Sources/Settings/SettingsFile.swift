import Platform

/// A configuration file, checked by itself: no other file has been opened.
struct SettingsFile {
    private(set) var targets: [TargetDraft] = []
    /// Where targets would stand; nil where there are any, right or wrong.
    private(set) var missingTargets: SettingsOrigin? = .nowhere
    private(set) var poll = PollSettings()
    private(set) var health = HealthDraft()
    private(set) var http = HTTPSettings()
    private(set) var alerts = AlertsDraft()
    private(set) var remediation = RemediationDraft()
    private(set) var stateDirectory: String?
    private var warnings: [SettingsProblem] = []
    private(set) var problems: [SettingsProblem] = []

    /// The defaults, as of a file that is not there.
    init() {}

    /// A file that was meant, but whose name is missing: that it holds no target is no problem of its own.
    static var unnamed: SettingsFile {
        var file = SettingsFile()
        file.missingTargets = nil
        return file
    }

    /// Reads the file; what is wrong with it, or that it cannot be read, is among the problems.
    init(path: String, readFile: FileContents.Reader) {
        missingTargets = nil
        do throws(FileReadError) {
            read(try readFile(path), path: path)
        } catch {
            let origin = SettingsOrigin.file(path: path, mark: nil, key: "")
            problems = [SettingsProblem(origin: origin, complaint: .unreadable(error))]
        }
    }

    /// What is unwise, from top to bottom.
    func warnings(stateDirectory: String?, targets: [TargetSettings]) -> [SettingsProblem] {
        (warnings + remediation.warnings(stateDirectory: stateDirectory, targets: targets))
            .sorted { $0.origin.mark < $1.origin.mark }
    }

    private mutating func read(_ bytes: [UInt8], path: String) {
        var reader = SectionReader(path: path)
        do throws(YAMLError) {
            let root = try YAMLNode(parsing: bytes)
            if let top = reader.section(root, key: "", grammar: .file) {
                readTargets(of: top, &reader)
                readPoll(of: top, &reader)
                health = HealthDraft(of: top, &reader)
                readHTTP(of: top, &reader)
                alerts = AlertsDraft(of: top, &reader)
                remediation = RemediationDraft(of: top, channels: alerts.channelNames, &reader)
                reader.read("state_dir", of: top, into: &stateDirectory) { node throws(Complaint) in
                    try PathText.parse(node.path(.folder, besides: path), meant: .folder)
                }
            }
        } catch {
            reader.complain(.yaml(error.fault), about: "", at: error.mark)
        }
        warnings = reader.warnings
        problems = reader.problems + TargetDraft.repeatedNames(in: targets)
    }

    private mutating func readPoll(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["poll"],
            let section = reader.section(field.value, key: field.key, grammar: .poll)
        else { return }
        let usual = PollSettings()
        reader.read("interval", of: section, into: &poll.interval) { node throws(Complaint) in
            try node.duration(in: PollSettings.intervalRange, example: usual.interval)
        }
        reader.read("timeout", of: section, into: &poll.timeout) { node throws(Complaint) in
            try node.duration(in: PollSettings.timeoutRange, example: usual.timeout)
        }
        reader.read("discovery_interval", of: section, into: &poll.discoveryInterval) { node throws(Complaint) in
            try node.duration(in: PollSettings.discoveryIntervalRange, example: usual.discoveryInterval)
        }
        reader.read("pel_rows_per_poll", of: section, into: &poll.pelRowsPerPoll) { node throws(Complaint) in
            try node.number(in: PollSettings.pelRowsRange, example: usual.pelRowsPerPoll)
        }
        reader.read("payload_guard", of: section, into: &poll.payloadGuard) { node throws(Complaint) in
            try node.size(atLeast: PollSettings.leastPayloadGuard, example: "16KiB")
        }
        reader.read("consumer_series", of: section, into: &poll.consumerSeries) { node throws(Complaint) in
            try node.number(in: PollSettings.consumerSeriesRange, example: usual.consumerSeries)
        }
        reader.read("redis_share", of: section, into: &poll.redisShare) { node throws(Complaint) in
            try node.share()
        }
    }

    private mutating func readHTTP(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["http"],
            let section = reader.section(field.value, key: field.key, grammar: .http)
        else { return }
        reader.readList("listen", of: section, meant: .addresses, into: &http.listen) { node throws(Complaint) in
            try ListenAddress(parsing: node.text(.address))
        }
        reader.read("enable_reload", of: section, into: &http.enableReload) { node throws(Complaint) in
            try node.boolean()
        }
    }

    private mutating func readTargets(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["targets"] else {
            missingTargets = reader.origin("targets", at: top.mark)
            return
        }
        if case .sequence([]) = field.value.content {
            missingTargets = reader.origin(field.key, at: field.value.mark)
        }
        for (key, node) in reader.items("targets", of: top, meant: .targets, mayBeEmpty: true) ?? [] {
            guard let section = reader.section(node, key: key, grammar: .target, meant: .target) else { continue }
            let draft = TargetDraft(section, &reader)
            if draft.hasAddress { targets.append(draft) }
        }
    }
}
