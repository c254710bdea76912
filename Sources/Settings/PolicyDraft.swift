import Platform
import Remediation
import StreamModel

/// A policy as it was given, before it is known which targets are clusters.
struct PolicyDraft {
    let policy: RemediationPolicy
    /// Where the stream that entries go to was given, or the policy itself.
    let destinationOrigin: SettingsOrigin
    /// Where the pattern for targets was given, or the policy itself.
    let targetOrigin: SettingsOrigin
    let streamOrigin: SettingsOrigin

    /// That it has nothing to do with these targets, of which there are some: a word may be misspelt.
    func warning(among targets: [TargetSettings]) -> SettingsProblem? {
        let own = targets.filter { policy.target.matches(Name($0.name)) }
        if own.isEmpty {
            return SettingsProblem(origin: targetOrigin, complaint: .noTargetOfPolicy(known: targets.map(\.name)))
        }
        guard let stream = policy.stream.exactName, !own.contains(where: { $0.watches(stream) }) else { return nil }
        return SettingsProblem(origin: streamOrigin, complaint: .unwatchedByPolicy)
    }

    /// What a cluster cannot do: it moves entries between streams of one slot only.
    func problem(in cluster: TargetSettings) -> SettingsProblem? {
        guard let destination = policy.destination, policy.target.matches(Name(cluster.name)) else { return nil }
        let slot = KeySlot(of: destination)
        guard let other = patterns(in: cluster).first(where: { KeySlot(ofAllMatching: $0) != slot }) else { return nil }
        let complaint = Complaint.slotsDiffer(
            stream: Excerpt("\(other)"), KeySlot(ofAllMatching: other), destination: slot)
        return SettingsProblem(origin: destinationOrigin, complaint: complaint)
    }

    /// By what the keys are found that the policy is about: it may name them by the logical stream that they make.
    private func patterns(in cluster: TargetSettings) -> [Glob] {
        let logical = cluster.logicalStreams.filter { policy.stream.matches($0.name) }
        let isOneOfThem = logical.contains { $0.name == policy.stream.exactName }
        return (isOneOfThem ? [] : [policy.stream]) + logical.map(\.match)
    }
}
