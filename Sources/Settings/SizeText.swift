import Platform

/// Sizes as they are written in settings: `512B`, `16KiB`, `2MiB`, `1GiB`, and decimal `KB`, `MB`, `GB`.
package enum SizeText {
    private static let units: [String: Int] = [
        "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    ]

    /// The size in bytes.
    package static func parse(_ text: String) throws(Complaint) -> Int {
        guard !text.isEmpty else { throw .empty(.size) }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = String(text[digits.endIndex...])
        if name.isEmpty { throw .noUnit(number: Excerpt(text), unit: "B") }
        guard let count = Int(digits), let unit = units[name] else { throw .notA(.size, Excerpt(text)) }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw .notA(.size, Excerpt(text)) }
        return bytes
    }
}
