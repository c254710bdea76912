/// Names for what the configuration's contract has and this version does not do.
enum NotYet {
    static let alerts = "alerts"
    static let remediation = "remediation"
}
