import Remediation
import StreamHealth

extension RemediationSettings {
    /// The groups of a target whose entries are moved: what their consumers lose is not what they have got done.
    ///
    /// What is claimed stays pending, and is told apart by that.
    func takings(at target: String) -> [RemediatedGroups] {
        policies(at: target).compactMap { policy in
            guard mode(of: policy) == .act else { return nil }
            switch policy.action {
            case .requeue, .deadLetter:
                return RemediatedGroups(
                    stream: policy.stream, group: policy.group, destination: policy.destination,
                    minIdleMilliseconds: policy.minIdleMilliseconds)
            case .claim, .forgetConsumer: return nil
            }
        }
    }
}
