package import Alerting
package import Delivery
package import Platform
package import Remediation
package import StreamHealth
import StreamModel

/// Everything that the user decides, checked, from one reading of flags, environment and file.
package struct Settings: Sendable, Equatable {
    /// At least one, no two of the same name.
    package var targets: [TargetSettings]
    package var poll = PollSettings()
    package var health = HealthSettings()
    package var http = HTTPSettings()
    package var log = LogSettings()
    /// With what the rules need to know of every target.
    package var alerts = AlertSettings()
    /// Who is told, no two of the same name.
    package var channels: [ChannelSettings] = []
    package var heartbeat: HeartbeatSettings?
    package var remediation = RemediationSettings()
    /// The folder for what is to outlive weir, as it was named: nobody has looked whether it is there.
    package var stateDirectory: String?
    /// What is unwise but valid, for the log: one line each, with its place.
    package var warnings: [String] = []

    package init(targets: [TargetSettings]) {
        self.targets = targets
    }
}

extension Settings {
    /// Reads and checks all settings: a flag beats its variable, which beats the file.
    ///
    /// - Parameters:
    ///   - flags: the flags as they were typed.
    ///   - environment: all variables; those that are not weir's are ignored.
    ///   - readFile: reads the configuration and the files with secrets.
    /// - Returns: the settings in force, with warnings.
    /// - Throws: everything that was found wrong, not only the first.
    package static func load(
        flags: SettingsFlags, environment: [String: String],
        readFile: FileContents.Reader = FileContents.read
    ) throws(SettingsErrors) -> Settings {
        var invocation = Invocation(flags: flags, environment: environment)
        let file = invocation.file(readFile: readFile)

        var settings = Settings(targets: [])
        settings.poll = file.poll
        settings.http = file.http
        let web = invocation.webConfig(readFile: readFile)
        settings.http.web = web.config
        settings.stateDirectory = file.stateDirectory
        settings.apply(&invocation)
        settings.health = file.health.settings(interval: settings.poll.interval)
        settings.alerts = file.alerts.settings

        let drafts = invocation.targets() ?? file.targets
        var problems: [SettingsProblem] = []
        if !invocation.isGiven(.redis), let origin = file.missingTargets {
            problems.append(SettingsProblem(origin: origin, complaint: .noTarget))
        }
        let shared = invocation.sharedPassword(readFile: readFile)
        let streams = invocation.streams()
        var shard: Shard?
        invocation.read(.shard, into: &shard, as: ShardText.parse)
        for draft in drafts {
            var target = draft.resolved(shared: shared, &problems, readFile: readFile)
            if let streams {
                target.streams = streams
                target.logicalStreams = []
            }
            target.shard = shard
            settings.targets.append(target)
            settings.alerts.targets[target.name] = settings.alerts(of: draft, as: target)
        }
        settings.channels = file.alerts.channels.map { $0.resolved(&problems, readFile: readFile) }
        settings.heartbeat = file.alerts.heartbeat?.resolved(&problems, readFile: readFile)
        settings.remediation = file.remediation.settings
        problems += invocation.problems + file.problems
        problems += file.health.problems(interval: settings.poll.interval)
        problems += file.remediation.problems(in: settings.targets) + web.problems
        guard problems.isEmpty else { throw SettingsErrors(problems) }
        let warnings =
            invocation.warnings
            + file.warnings(
                stateDirectory: settings.stateDirectory, targets: settings.targets)
            + web.warnings
        settings.warnings = warnings.map(\.description)
        return settings
    }

    /// Checks a configuration file by itself, no flags, no environment, and no file that it names is opened; and beside
    /// it a web configuration, with the files of certificates that it names.
    package static func check(
        file path: String, webConfigFile: String? = nil, readFile: FileContents.Reader = FileContents.read
    ) throws(SettingsErrors) -> CheckedFile {
        let file = SettingsFile(path: path, readFile: readFile)
        let web = webConfigFile.map { WebConfigFile(path: $0, readFile: readFile) }
        let problems =
            file.problems + file.health.problems(interval: file.poll.interval)
            + file.remediation.problems(in: file.targets.map(\.settings)) + (web?.problems ?? [])
        guard problems.isEmpty else { throw SettingsErrors(problems) }
        let missing = file.missingTargets.map { [SettingsProblem(origin: $0, complaint: .noTarget)] } ?? []
        let warnings =
            missing
            + file.warnings(
                stateDirectory: file.stateDirectory, targets: file.targets.map(\.settings))
            + (web?.warnings ?? [])
        return CheckedFile(
            path: path, targets: file.targets.map(\.settings.name), poll: file.poll, http: file.http,
            channels: file.alerts.channels.map(\.settings.name), remediation: file.remediation.settings,
            web: web?.config, warnings: warnings.map(\.description))
    }

    private func alerts(of draft: TargetDraft, as target: TargetSettings) -> TargetAlertSettings {
        var alerts = draft.alerts
        // The rules see streams as they are shown; one that a flag has left out is not missing.
        let shown = LogicalStreams(target.logicalStreams)
        var seen: Set<TargetAlertSettings.ExpectedGroup> = []
        alerts.expected = alerts.expected.filter { target.watches($0.stream) }.map { expected in
            .init(stream: shown.displayedName(of: expected.stream), group: expected.group)
        }.filter { expected in
            target.shard?.owns(expected.stream, of: target.name) != false && seen.insert(expected).inserted
        }
        alerts.judgesServers = target.shard?.owns(target.name) ?? true
        alerts.memoryLimitBytes = target.memoryLimitBytes
        alerts.intervalMilliseconds = poll.interval.milliseconds
        alerts.windowMilliseconds = health.usual.windowMilliseconds
        return alerts
    }

    private mutating func apply(_ invocation: inout Invocation) {
        invocation.readInterval(into: &poll.interval)
        invocation.readList(.listen, into: &http.listen, as: ListenAddress.init(parsing:))
        invocation.read(.stateDir, into: &stateDirectory) { text throws(Complaint) in
            try PathText.parse(text, meant: .folder)
        }
        invocation.read(.logLevel, into: &log.level, as: ChoiceText.parse)
        invocation.read(.logFormat, into: &log.format, as: ChoiceText.parse)
    }
}
