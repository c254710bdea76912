package import StreamModel

/// Which policy is applied to which group.
package struct CaseKey: Hashable, Comparable, Sendable {
    package var policy: String
    package var stream: Name
    package var group: Name

    package init(policy: String, stream: Name, group: Name) {
        self.policy = policy
        self.stream = stream
        self.group = group
    }

    package static func < (left: CaseKey, right: CaseKey) -> Bool {
        (left.policy, left.stream, left.group) < (right.policy, right.stream, right.group)
    }
}
