/// Figures as people read them, on pages and in alerts.
package enum FigureText {
    /// Three significant digits, and nothing finer than thousandths: one entry an hour is not a rate that anybody reads.
    package static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite, perSecond > 0 else { return perSecond == 0 ? "0" : "" }
        guard perSecond >= 0.001 else { return "< 0.001" }
        // Beyond this whole numbers need more digits than a Double has.
        guard perSecond < 1e15 else { return "> 1e15" }
        var unit = 1.0
        while perSecond / unit >= 1_000 { unit *= 10 }
        if unit > 1 { return String(Int((perSecond / unit).rounded() * unit)) }
        let decimals = perSecond >= 100 ? 0 : perSecond >= 10 ? 1 : perSecond >= 1 ? 2 : 3
        return decimal(perSecond, decimals: decimals)
    }

    /// `250 ms`, `4 min`: one unit, rounded down.
    package static func duration(_ seconds: Double) -> String {
        // Also what is no number at all: a forecast may divide by next to nothing.
        guard seconds < 3_155_760_000 else { return "over 100 years" }
        return switch max(0, seconds) {
        case let seconds where seconds < 1: "\(Int(seconds * 1000)) ms"
        case let seconds where seconds < 120: "\(Int(seconds)) s"
        case let seconds where seconds < 7200: "\(Int(seconds / 60)) min"
        case let seconds where seconds < 172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(seconds / 86_400)) days"
        }
    }

    package static func megabytes(_ bytes: Int64) -> String {
        "\((Double(bytes) / 1_048_576 * 10).rounded() / 10) MiB"
    }

    /// Without the zeros at the end: `2.5`, not `2.50`.
    private static func decimal(_ value: Double, decimals: Int) -> String {
        let scale = [1, 10, 100, 1_000][decimals]
        let scaled = Int((value * Double(scale)).rounded())
        guard scaled % scale != 0 else { return String(scaled / scale) }
        var digits = String(scaled % scale + scale).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(scaled / scale).\(digits)"
    }
}
