/// Names for what the configuration's contract has and this version does not do.
enum NotYet {
    static let alerts = "alerts"
    static let remediation = "remediation"
    static let automaticStaleAfter = "stale_after by how long each group's entries are usually held (auto)"
}
