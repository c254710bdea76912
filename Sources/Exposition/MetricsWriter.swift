import StreamModel

/// Writes families and samples in one of the formats.
struct MetricsWriter {
    private let format: MetricsFormat
    private var bytes: [UInt8] = []
    private var family: MetricFamily?
    private var hasHeader = false

    init(format: MetricsFormat) {
        self.format = format
    }

    /// What follows belongs to `family`.
    ///
    /// Its header is written with its first sample.
    mutating func begin(_ family: MetricFamily) {
        self.family = family
        hasHeader = false
    }

    mutating func sample(_ value: MetricValue?, _ labels: ArraySlice<UInt8>) {
        guard let value else { return }
        line(suffix: "", value) { $0.append(contentsOf: labels) }
    }

    mutating func sample(_ sample: MetricSample, _ labels: [(name: String, value: String)]) {
        line(suffix: "", sample.value, labels: sample.labels + labels)
    }

    /// The sample's own labels go between those that are rendered already.
    mutating func sample(_ sample: MetricSample, between before: ArraySlice<UInt8>, and after: ArraySlice<UInt8>) {
        line(suffix: "", sample.value) { bytes in
            bytes.append(contentsOf: before)
            bytes.append(labels: sample.labels)
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: after)
        }
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

    consuming func finish() -> [UInt8] {
        if format == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
        // The page is kept until the next poll, and an array that has grown may have twice the room that it needs.
        var page: [UInt8] = []
        page.reserveCapacity(bytes.count)
        page.append(contentsOf: bytes)
        return page
    }

    private mutating func line(suffix: String, _ value: MetricValue, labels: [(name: String, value: String)]) {
        line(suffix: suffix, value) { $0.append(labels: labels.sorted { $0.name < $1.name }) }
    }

    private mutating func line(suffix: String, _ value: MetricValue, labels append: (inout [UInt8]) -> Void) {
        guard let family else { return }
        if !hasHeader { header(of: family) }
        bytes.append(contentsOf: family.name.utf8)
        bytes.append(contentsOf: suffix.utf8)
        bytes.append(UInt8(ascii: "{"))
        let start = bytes.count
        append(&bytes)
        if bytes.count == start {
            bytes.removeLast()
        } else {
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: value.text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func header(of family: MetricFamily) {
        hasHeader = true
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
