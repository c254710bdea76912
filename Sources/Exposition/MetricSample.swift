/// One sample of a family that is read from a target, a node or the process: its value, and the labels of its own.
struct MetricSample: Equatable, Sendable {
    var labels: [(name: String, value: String)]
    var value: MetricValue

    init(_ value: MetricValue, _ labels: KeyValuePairs<String, String> = [:]) {
        self.labels = labels.map { ($0.key, $0.value) }
        self.value = value
    }

    static func == (left: MetricSample, right: MetricSample) -> Bool {
        left.value == right.value && left.labels.elementsEqual(right.labels, by: ==)
    }
}

extension [MetricSample] {
    /// The one sample there is, or none where the value is not known.
    static func optional(_ value: MetricValue?) -> [MetricSample] {
        value.map { [MetricSample($0)] } ?? []
    }
}
