/// What several parts come to together.
extension Sequence {
    /// The sum over all; nil where one is not known, as what the others come to would be a false low, and where 64 bits
    /// do not hold it.
    func total(_ value: (Element) -> Int64?) -> Int64? {
        var total: Int64 = 0
        for element in self {
            guard let next = value(element) else { return nil }
            let (sum, isTooLarge) = total.addingReportingOverflow(next)
            guard !isTooLarge else { return nil }
            total = sum
        }
        return total
    }

    /// The sum over all; nil where one is not known.
    func total(_ value: (Element) -> Double?) -> Double? {
        reduce(0) { total, element in total.flatMap { total in value(element).map { total + $0 } } }
    }

    /// The largest of those that are known.
    func greatest<Value: Comparable>(_ value: (Element) -> Value?) -> Value? {
        compactMap(value).max()
    }

    /// The smallest of those that are known.
    func least<Value: Comparable>(_ value: (Element) -> Value?) -> Value? {
        compactMap(value).min()
    }
}
