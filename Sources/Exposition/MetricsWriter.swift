import StreamModel

/// Writes families and samples in one of the formats, as runs.
///
/// Lines of what there are few of are written as they are. Of streams, groups and consumers there may be tens of thousands,
/// each with dozens of series: their labels lie in a table, and only the values are written.
struct MetricsWriter {
    private let format: MetricsFormat
    private let labels: LabelTable
    private(set) var bytes: [UInt8] = []
    private(set) var runs: [PageRun] = []
    /// Of the page as it goes out.
    private(set) var count = 0
    private var family: MetricFamily?
    private var hasHeader = false
    /// Where the text begins that is not a run yet.
    private var textStart = 0

    init(format: MetricsFormat, labels: LabelTable) {
        self.format = format
        self.labels = labels
    }

    /// What follows belongs to `family`.
    ///
    /// Its header is written with its first sample.
    mutating func begin(_ family: MetricFamily) {
        self.family = family
        hasHeader = false
    }

    mutating func sample(_ sample: MetricSample, _ labels: [(name: String, value: String)]) {
        line(suffix: "", sample.value, labels: sample.labels + labels)
    }

    mutating func histogram(_ histogram: Histogram, _ labels: [(name: String, value: String)]) {
        var cumulative: UInt64 = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            cumulative += count
            line(suffix: "_bucket", .unsigned(cumulative), labels: labels + [("le", "\(bound)")])
        }
        line(suffix: "_bucket", .unsigned(histogram.count), labels: labels + [("le", "+Inf")])
        line(suffix: "_sum", .real(histogram.sum), labels: labels)
        line(suffix: "_count", .unsigned(histogram.count), labels: labels)
    }

    /// The family's series of all subjects of a kind; `write` says what each has, in their order.
    mutating func series(_ kind: LabelTable.Kind, _ write: (inout SeriesWriter) -> Void) {
        guard let family else { return }
        let mark = bytes.count
        header(of: family)
        let name = bytes.count
        bytes.append(contentsOf: family.name.utf8)
        bytes.append(UInt8(ascii: "{"))
        let start = bytes.count
        var series = SeriesWriter(bytes: bytes, places: labels[kind])
        // In one place only, or it would be copied.
        bytes = []
        write(&series)
        bytes = series.bytes
        guard series.samples > 0 else { return bytes.removeSubrange(mark...) }
        endText(at: name)
        runs.append(PageRun(kind: .series(kind, name: name..<start), bytes: start..<bytes.count))
        textStart = bytes.count
        count += series.count + series.samples * (start - name)
    }

    mutating func finish() {
        if format == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
        endText(at: bytes.count)
        // The page is kept until the next poll, and an array that has grown may have twice the room that it needs.
        bytes = Array(bytes[...])
    }

    private mutating func endText(at end: Int) {
        guard end > textStart else { return }
        runs.append(PageRun(kind: .text, bytes: textStart..<end))
        count += end - textStart
        textStart = end
    }

    private mutating func line(suffix: String, _ value: MetricValue, labels: [(name: String, value: String)]) {
        guard let family else { return }
        if !hasHeader { header(of: family) }
        hasHeader = true
        bytes.append(contentsOf: family.name.utf8)
        bytes.append(contentsOf: suffix.utf8)
        if !labels.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            bytes.append(labels: labels.sorted { $0.name < $1.name })
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: value.text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func header(of family: MetricFamily) {
        switch format {
        case .text:
            comment("HELP", family.name, family.help)
            comment("TYPE", family.name, family.kind.rawValue)
        case .openMetrics:
            // A counter's family goes by the name without the `_total` that its samples have.
            let isCounter = family.kind == .counter && family.name.hasSuffix("_total")
            let name = isCounter ? String(family.name.dropLast("_total".count)) : family.name
            comment("TYPE", name, family.kind.rawValue)
            if let unit = ["seconds", "bytes", "ratio", "entries"].first(where: { name.hasSuffix("_" + $0) }) {
                comment("UNIT", name, unit)
            }
            comment("HELP", name, family.help)
        }
    }

    private mutating func comment(_ keyword: String, _ name: String, _ text: String) {
        bytes.append(contentsOf: "# \(keyword) \(name) ".utf8)
        // Only OpenMetrics escapes quotes in HELP; no help text has one.
        bytes.append(escaped: text, quotes: false)
        bytes.append(UInt8(ascii: "\n"))
    }
}
