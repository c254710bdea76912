/// A raw value of a flag or of a variable.
struct GivenValue {
    let text: String
    let origin: SettingsOrigin
}
