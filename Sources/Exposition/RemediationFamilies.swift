import StreamModel

extension MetricFamily {
    static let remediationFamilies: [MetricFamily] = [
        MetricFamily(
            "weir_remediation_actions_total", .counter, labels: ["action", "result"],
            "What remediation has come to, each batch of one group once, by result: moved: it was done; dry_run: it would "
                + "have been done; refused: a guard forbade it, or nothing could be moved; failed: Redis or the "
                + "connection did not do it. Absent: no policy may do this.",
            counts(\.actions)),
        MetricFamily(
            "weir_remediation_entries_total", .counter, labels: ["action", "result"],
            "Entries (of forget_consumer: consumers) by result: moved: put back to work, set aside or deleted; dry_run: "
                + "would have been moved, each counted once; refused: to be moved, but found not movable and left; "
                + "failed: left because the attempt failed, where they are known. Absent: no policy may do this.",
            counts(\.entries)),
        MetricFamily(
            "weir_remediation_paused", .gauge,
            "Whether remediation is paused (weir pause): it does nothing until weir resume.",
            .process { [MetricSample(MetricValue($0.remediation.isPaused))] }),
    ]

    private static func counts(
        _ value: @escaping @Sendable (RemediationFigures.Count) -> UInt64
    ) -> Source {
        .process { process in
            process.remediation.counts.map { count in
                MetricSample(.unsigned(value(count)), ["action": count.action, "result": count.result])
            }
        }
    }
}
