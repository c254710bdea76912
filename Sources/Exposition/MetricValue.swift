/// A sample's value.
///
/// Integers stay integers: an entry ID's milliseconds or a byte count must not be rounded.
enum MetricValue: Equatable, Sendable {
    case integer(Int64)
    case unsigned(UInt64)
    case real(Double)

    init(_ flag: Bool) {
        self = .integer(flag ? 1 : 0)
    }

    var text: String {
        switch self {
        case .integer(let value): return String(value)
        case .unsigned(let value): return String(value)
        case .real(let value):
            if value.isNaN { return "NaN" }
            if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
            return "\(value)"
        }
    }
}

extension Int64? {
    var metric: MetricValue? { map { .integer($0) } }
}

extension Double? {
    /// None also where it is not finite: a page says what is known, and never NaN.
    var metric: MetricValue? { flatMap { $0.isFinite ? .real($0) : nil } }
}

extension Bool? {
    var metric: MetricValue? { map { MetricValue($0) } }
}
