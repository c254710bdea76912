import Remediation
import StreamHealth

extension RemediationSettings {
    /// The groups of a target whose entries are moved or claimed: what their consumers lose is not what they have got done.
    ///
    /// What is claimed is seen to go only where its new consumer has not finished with it before the next poll.
    func takings(at target: String) -> [RemediatedGroups] {
        policies(at: target).filter { mode(of: $0) == .act && $0.action != .forgetConsumer }.map { policy in
            RemediatedGroups(
                stream: policy.stream, group: policy.group, destination: policy.destination,
                minIdleMilliseconds: policy.minIdleMilliseconds)
        }
    }
}
