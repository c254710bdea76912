package import StreamModel

/// The metrics page of one moment.
///
/// Not as it goes out: the labels of a series are most of its line and the same in every family, so that the whole takes a
/// fifth of the page; a `MetricsPageReader` puts the lines together for each client.
package struct MetricsPage: Sendable {
    let labels: LabelTable
    let bytes: [UInt8]
    let runs: [PageRun]
    /// Bytes of the page as it goes out.
    package let count: Int

    /// The page of `targets`, which are in the order of their names; with `process`, weir's own figures too.
    ///
    /// Families come by name, the labels of a sample by name, and no family without a sample.
    package init(_ targets: [TargetSnapshot], process: ProcessSnapshot?, format: MetricsFormat) {
        labels = LabelTable(targets)
        var writer = MetricsWriter(format: format, labels: labels)
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
                writer.series(.stream) { series in targets.eachStream { series.next(value($0)) } }
            case .group(let value):
                writer.series(.group) { series in targets.eachGroup { series.next(value($0)) } }
            case .groupSamples(let samples):
                writer.series(.group) { series in targets.eachGroup { series.next(samples($0)) } }
            case .consumer(let value):
                writer.series(.consumer) { series in targets.eachConsumer { series.next(value($0)) } }
            case .process(let samples):
                guard let process else { continue }
                for sample in samples(process) { writer.sample(sample, []) }
            }
        }
        writer.finish()
        bytes = writer.bytes
        runs = writer.runs
        count = writer.count
    }
}

/// Each in its place: a copy of one takes a reference to all that it holds, and there are dozens of families.
extension [TargetSnapshot] {
    fileprivate func eachStream(_ body: (borrowing StreamSnapshot) -> Void) {
        for target in self {
            let streams = target.streams.span
            for index in streams.indices { body(streams[index]) }
        }
    }

    fileprivate func eachGroup(_ body: (borrowing GroupSnapshot) -> Void) {
        eachStream { stream in
            let groups = stream.groups.span
            for index in groups.indices { body(groups[index]) }
        }
    }

    fileprivate func eachConsumer(_ body: (borrowing ConsumerSnapshot) -> Void) {
        eachGroup { group in
            let consumers = group.consumers.span
            for index in consumers.indices { body(consumers[index]) }
        }
    }
}
