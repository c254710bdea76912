import StreamModel

/// Small figures, as a command's cost is told.
package enum CostText {
    /// `0.21 ms`.
    package static func milliseconds(_ duration: Duration) -> String {
        "\(FigureText.rate(duration / .milliseconds(1))) ms"
    }

    /// `512 B`, `3.1 kB`, `2.5 MiB`.
    package static func bytes(_ count: Int) -> String {
        if count < 1_000 { return "\(count) B" }
        return count < 1_000_000 ? "\(FigureText.rate(Double(count) / 1_000)) kB" : FigureText.megabytes(Int64(count))
    }
}
