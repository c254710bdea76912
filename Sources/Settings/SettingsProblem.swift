/// One thing that is wrong, or for a warning unwise, and where it was given.
package struct SettingsProblem: Error, Sendable, Equatable {
    package let origin: SettingsOrigin
    package let complaint: Complaint
}

extension SettingsProblem: CustomStringConvertible {
    /// One line: `weir.yaml:3:5: poll.interval: …`, `--interval: …` or `WEIR_INTERVAL: …`.
    package var description: String {
        origin == .nowhere ? complaint.description : "\(origin): \(complaint)"
    }
}
