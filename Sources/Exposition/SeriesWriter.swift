/// Writes the values of one family's series, subject by subject, as a run has them.
struct SeriesWriter {
    private(set) var bytes: [UInt8]
    private let places: [LabelTable.Place]
    private var subject = 0
    private(set) var samples = 0
    /// What the lines take that have been written so far, without the family's name.
    private(set) var count = 0

    init(bytes: [UInt8], places: [LabelTable.Place]) {
        self.bytes = bytes
        self.places = places
    }

    /// The next subject has this one sample, or none.
    mutating func next(_ value: MetricValue?) {
        guard let value else { return next([]) }
        bytes.append(1)
        append(own: [], value)
        subject += 1
    }

    /// The next subject has these samples, each with labels of its own.
    mutating func next(_ own: [MetricSample]) {
        bytes.append(UInt8(clamping: own.count))
        for sample in own.prefix(Int(UInt8.max)) {
            var labels: [UInt8] = []
            labels.append(labels: sample.labels)
            append(own: labels, sample.value)
        }
        subject += 1
    }

    private mutating func append(own: [UInt8], _ value: MetricValue) {
        bytes.append(UInt8(own.count))
        bytes.append(contentsOf: own)
        let length = bytes.count
        bytes.append(0)
        bytes.append(contentsOf: value.text.utf8)
        let size = bytes.count - length - 1
        bytes[length] = UInt8(size)
        samples += 1
        count += places[subject].count + (own.isEmpty ? 0 : own.count + 1) + size + 3
    }
}
