extension PollSettings {
    /// The interval alone, as flags and environment give it: for a command that reads no Redis.
    package static func interval(
        flags: SettingsFlags, environment: [String: String]
    ) throws(SettingsErrors) -> Duration {
        var invocation = Invocation(flags: flags, environment: environment)
        var interval = PollSettings().interval
        invocation.readInterval(into: &interval)
        guard invocation.problems.isEmpty else { throw SettingsErrors(invocation.problems) }
        return interval
    }
}
