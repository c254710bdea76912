import Platform

/// Shares of a whole as they are written in settings: `2%`, `0.5%` or `0.02`.
package enum ShareText {
    /// The share as a fraction, above 0 and at most 1.
    package static func parse(_ text: String) throws(Complaint) -> Double {
        guard !text.isEmpty else { throw .empty(.share) }
        let isPercent = text.hasSuffix("%")
        let number = isPercent ? text.dropLast() : text[...]
        // `Double` also reads exponents, hexadecimals, "nan" and "inf".
        guard let first = number.first, first.isNumber, number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let value = Double(number)
        else { throw .notA(.share, Excerpt(text)) }
        let share = isPercent ? value / 100 : value
        guard share > 0, share <= 1 else {
            throw .outOfRange(Excerpt(text), range: "above 0% to 100%", example: "2% or 0.02")
        }
        return share
    }
}
