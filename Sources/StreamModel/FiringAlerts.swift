/// How many alerts of each kind fire for a target.
package struct FiringAlerts: Equatable, Sendable {
    package struct Kind: Hashable, Sendable {
        package var name: String
        package var severity: String

        package init(name: String, severity: String) {
            self.name = name
            self.severity = severity
        }
    }

    /// By name, then by severity.
    package let counts: [(kind: Kind, count: Int)]

    package init(_ counts: [Kind: Int] = [:]) {
        self.counts = counts.sorted { ($0.key.name, $0.key.severity) < ($1.key.name, $1.key.severity) }
            .map { (kind: $0.key, count: $0.value) }
    }

    package static func == (left: FiringAlerts, right: FiringAlerts) -> Bool {
        left.counts.elementsEqual(right.counts) { $0.kind == $1.kind && $0.count == $1.count }
    }
}
