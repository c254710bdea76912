import Remediation
import StreamModel

extension ActionRecord {
    static func sample(
        at milliseconds: Int64 = 1_795_275_971_969, policy: String = "rescue",
        action: RemediationAction.Kind = .requeue, isDryRun: Bool = false, result: Result = .moved,
        reason: String? = nil, text: String = "Entries of group g in stream s moved.", target: String = "demo",
        stream: Name = Name("s"), shownAs: Name? = nil, group: Name = Name("g"), destination: Name? = nil,
        entries: Int = 0
    ) -> ActionRecord {
        var record = ActionRecord(
            time: Timestamp(milliseconds: milliseconds), policy: policy, action: action, isDryRun: isDryRun,
            result: result, reason: reason, text: text, target: target, stream: stream, shownAs: shownAs,
            group: group, destination: destination)
        record.entries = (0..<entries).map { MovedEntry(id: StreamID(milliseconds: 1, sequence: UInt64($0))) }
        return record
    }
}

extension RemediationSettings {
    /// Of policies for every stream and group.
    static func sample(mode: RemediationMode = .act, _ policies: RemediationPolicy...) -> RemediationSettings {
        var settings = RemediationSettings()
        settings.mode = mode
        settings.policies = policies
        return settings
    }
}

extension RemediationPolicy {
    static func sample(
        _ name: String = "rescue", mode: RemediationMode? = nil, _ action: RemediationAction = .requeue(to: nil)
    ) -> RemediationPolicy {
        RemediationPolicy(
            name: name, mode: mode, stream: Glob("*"), group: Glob("*"), action: action,
            minIdleMilliseconds: 600_000)
    }
}
