/// Names for what the configuration's contract has and this version does not do.
enum NotYet {
    static let alerts = "alerts"
    static let remediation = "remediation"
    static let stateDirectory = "keeping state in a directory"
    static let health = "setting the limits of health"
    static let logicalStreams = "a mapping as an element of streams (match, as, max_silence)"
}
