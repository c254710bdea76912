package import StreamModel

/// Renders the metrics page.
package enum MetricsPage {
    /// The page of `targets`, which are in the order of their names; with `process`, weir's own figures too.
    ///
    /// Families come by name, the labels of a sample by name, and no family without a sample.
    package static func render(
        _ targets: [TargetSnapshot], process: ProcessSnapshot?, format: MetricsFormat
    ) -> [UInt8] {
        let labels = LabelTable(targets)
        var writer = MetricsWriter(format: format)
        for family in MetricFamily.all {
            writer.begin(family)
            switch family.source {
            case .target(let samples):
                for target in targets {
                    for sample in samples(target) { writer.sample(sample, [("target", target.name)]) }
                }
            case .histogram(let histogram):
                for target in targets { writer.histogram(histogram(target), [("target", target.name)]) }
            case .node(let samples):
                for target in targets {
                    for node in target.nodes {
                        for sample in samples(node) {
                            writer.sample(sample, [("node", node.node), ("target", target.name)])
                        }
                    }
                }
            case .stream(let value):
                for row in labels.streams { writer.sample(value(row.subject), labels.bytes[row.labels]) }
            case .group(let value):
                for row in labels.groups { writer.sample(value(row.subject), labels.bytes[row.labels]) }
            case .groupSamples(let samples):
                for row in labels.groups {
                    let (before, after) = (row.labels.lowerBound..<row.ownPlace, row.ownPlace..<row.labels.upperBound)
                    for sample in samples(row.subject) {
                        writer.sample(sample, between: labels.bytes[before], and: labels.bytes[after])
                    }
                }
            case .consumer(let value):
                for row in labels.consumers { writer.sample(value(row.subject), labels.bytes[row.labels]) }
            case .process(let samples):
                guard let process else { continue }
                for sample in samples(process) { writer.sample(sample, []) }
            }
        }
        return writer.finish()
    }
}
