/// Why an incident ends without its condition having been seen to end.
///
/// The raw values are what state files and the API say.
package enum Departure: String, Codable, Sendable {
    case streamGone = "stream_gone"
    case groupGone = "group_gone"
    case nodeGone = "node_gone"
    case targetRemoved = "target_removed"
    case ruleOff = "rule_off"
    /// The entry or key that it is about is no longer expected, by the configuration.
    case notExpected = "not_expected"

    /// For people, after "Resolved: ".
    package var sentence: String {
        switch self {
        case .streamGone: "the stream has been deleted, or is no longer watched"
        case .groupGone: "the group has been destroyed"
        case .nodeGone: "the server is no longer part of the target"
        case .targetRemoved: "weir no longer watches the target"
        case .ruleOff: "the rule has been switched off, or is no longer for this"
        case .notExpected: "the configuration no longer asks for it"
        }
    }
}
