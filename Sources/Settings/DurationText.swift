import Platform

/// Durations as they are written in settings: `250ms`, `5s`, `2m`, `4h`, `1d`, `1m30s`.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    package static func parse(_ text: String) throws(Complaint) -> Duration {
        guard !text.isEmpty else { throw .empty(.duration) }
        if text.utf8.allSatisfy(isDigit) { throw .noUnit(number: Excerpt(text), unit: "s") }
        var rest = text.utf8[...]
        var total: Int64 = 0
        var larger = units[...]
        while !rest.isEmpty {
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { !isDigit($0) }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(Substring(digits)),
                let unit = larger.firstIndex(where: { $0.name == String(Substring(name)) })
            else { throw .notA(.duration, Excerpt(text)) }
            let (part, partOverflow) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(part)
            guard !partOverflow, !sumOverflow else { throw .notA(.duration, Excerpt(text)) }
            total = sum
            larger = units[(unit + 1)...]
        }
        return .milliseconds(total)
    }

    /// Reads a duration that has to lie within bounds.
    static func parse(
        _ text: String, in range: ClosedRange<Duration>, example: Duration
    ) throws(Complaint) -> Duration {
        let duration = try parse(text)
        guard range.contains(duration) else {
            let bounds = "\(format(range.lowerBound)) to \(format(range.upperBound))"
            throw .outOfRange(Excerpt(text), range: bounds, example: format(example))
        }
        return duration
    }

    /// The duration in the same syntax, to the millisecond.
    package static func format(_ duration: Duration) -> String {
        var rest = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
