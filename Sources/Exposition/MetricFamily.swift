import StreamModel

/// One family of the metrics page: its name, what it means, and where its samples come from.
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable {
        case gauge, counter, histogram
        /// Quantiles alone, without a count or a sum, which both formats allow.
        case summary
    }

    /// What the family is read from, and thereby which labels its samples have.
    enum Source: Sendable {
        case target(@Sendable (TargetSnapshot) -> [MetricSample])
        case histogram(@Sendable (TargetSnapshot) -> Histogram)
        case node(@Sendable (NodeSnapshot) -> [MetricSample])
        case stream(@Sendable (StreamSnapshot) -> MetricValue?)
        case group(@Sendable (GroupSnapshot) -> MetricValue?)
        case groupSamples(@Sendable (GroupSnapshot) -> [MetricSample])
        case consumer(@Sendable (ConsumerSnapshot) -> MetricValue?)
        case process(@Sendable (ProcessSnapshot) -> [MetricSample])
    }

    /// The name in the text format: a counter's ends in `_total`.
    package let name: String
    package let kind: Kind
    package let help: String
    let source: Source
    /// The labels beside those that tell what the sample is of.
    private let ownLabels: [String]

    init(_ name: String, _ kind: Kind, labels ownLabels: [String] = [], _ help: String, _ source: Source) {
        self.name = name
        self.kind = kind
        self.ownLabels = ownLabels
        self.help = help
        self.source = source
    }

    /// The names of the labels that each sample has, sorted; without the `le` of a histogram's buckets.
    package var labels: [String] {
        let subject =
            switch source {
            case .target, .histogram: ["target"]
            case .node: ["node", "target"]
            case .stream: ["db", "stream", "target"]
            case .group, .groupSamples: ["db", "group", "stream", "target"]
            case .consumer: ["consumer", "db", "group", "stream", "target"]
            case .process: [String]()
            }
        return (subject + ownLabels).sorted()
    }

    /// Every family there is, by name.
    package static let all: [MetricFamily] =
        [
            streamFamilies, groupFamilies, consumerFamilies, nodeFamilies, targetFamilies, processFamilies,
            remediationFamilies,
        ]
        .flatMap(\.self).sorted { $0.name < $1.name }
}
