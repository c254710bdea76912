import Platform
import RedisClient
import StreamModel

/// The flags and the environment together: for each option the flag where given, else the variable.
struct Invocation {
    let flags: SettingsFlags
    let environment: [String: String]
    private(set) var problems: [SettingsProblem] = []
    private(set) var warnings: [SettingsProblem] = []

    private static let password = "WEIR_REDIS_PASSWORD"
    private static let passwordFile = "WEIR_REDIS_PASSWORD_FILE"

    init(flags: SettingsFlags, environment: [String: String]) {
        self.flags = flags
        self.environment = environment
    }

    /// What was given for an option; an empty variable counts as unset.
    func values(of option: SettingsOption) -> [GivenValue] {
        let typed = flags.values(of: option)
        guard typed.isEmpty else { return typed.map { GivenValue(text: $0, origin: .flag(option.flag)) } }
        guard let variable = variable(option.variable) else { return [] }
        guard option.isList else { return [variable] }
        return elements(of: variable.text, for: option).map {
            GivenValue(text: Self.trimmed($0), origin: variable.origin)
        }
    }

    private func elements(of list: String, for option: SettingsOption) -> [Substring] {
        option == .redis ? RedisURL.elements(of: list) : list.split(separator: ",", omittingEmptySubsequences: false)
    }

    func isGiven(_ option: SettingsOption) -> Bool {
        !values(of: option).isEmpty
    }

    /// Reads an option into its place, where it was given.
    mutating func read<Value>(
        _ option: SettingsOption, into place: inout Value, as parse: (String) throws(Complaint) -> Value
    ) {
        if let value = parsed(option, as: parse).first { place = value }
    }

    /// Reads every value of an option, where any was given, in place of what was there.
    ///
    /// None may come twice.
    mutating func readList<Value: Hashable>(
        _ option: SettingsOption, into place: inout [Value], as parse: (String) throws(Complaint) -> Value
    ) {
        guard let origin = values(of: option).first?.origin else { return }
        place = parsed(option, as: parse)
        var seen: Set<Value> = []
        for value in place where !seen.insert(value).inserted {
            problems.append(SettingsProblem(origin: origin, complaint: .givenTwice(Excerpt("\(value)"))))
        }
    }

    private mutating func parsed<Value>(
        _ option: SettingsOption, as parse: (String) throws(Complaint) -> Value
    ) -> [Value] {
        var parsed: [Value] = []
        for value in values(of: option) {
            do throws(Complaint) {
                parsed.append(try parse(value.text))
            } catch {
                problems.append(SettingsProblem(origin: value.origin, complaint: error))
            }
        }
        return parsed
    }

    mutating func readInterval(into place: inout Duration) {
        read(.interval, into: &place) { text throws(Complaint) in
            try DurationText.parse(text, in: PollSettings.intervalRange, example: PollSettings().interval)
        }
    }

    /// The patterns of `--stream` or its variable; nil where neither was given.
    mutating func streams() -> [Glob]? {
        guard isGiven(.stream) else { return nil }
        var streams: [Glob] = []
        readList(.stream, into: &streams) { text throws(Complaint) in
            if text.isEmpty { throw .empty(.pattern) }
            return Glob(text)
        }
        return streams
    }

    /// The targets of `--redis` or its variable; nil where neither was given.
    mutating func targets() -> [TargetDraft]? {
        guard let origin = values(of: .redis).first?.origin else { return nil }
        let topologies = parsed(.redis, as: TargetDraft.topology)
        if case .flag = origin, topologies.contains(where: { $0.access.password != nil }) {
            warnings.append(SettingsProblem(origin: origin, complaint: .passwordInFlag))
        }
        let drafts = topologies.map { TargetDraft(topology: $0, origin: origin) }
        problems += TargetDraft.repeatedNames(in: drafts)
        return drafts
    }

    /// The password for targets without their own.
    ///
    /// It is given also where it is wrong: no target is to complain of having none as well.
    mutating func sharedPassword(readFile: FileContents.Reader) -> RedisPassword? {
        let given = variable(Self.password)
        guard let file = variable(Self.passwordFile) else {
            return given.map { .secret(Secret(Array($0.text.utf8))) }
        }
        do throws(SettingsProblem) {
            if let given {
                throw SettingsProblem(origin: given.origin, complaint: .second("password", with: Self.passwordFile))
            }
            let file = SecretFile(path: file.text, origin: file.origin, holds: "password")
            _ = try file.secret(readFile: readFile)
        } catch {
            problems.append(error)
        }
        return .file(path: file.text)
    }

    private func variable(_ name: String) -> GivenValue? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        return GivenValue(text: text, origin: .variable(name))
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
