/// How figures are written.
enum Report {
    static func milliseconds(_ duration: Duration) -> String {
        "\((duration / .milliseconds(1) * 100).rounded() / 100) ms"
    }
}

extension [Duration] {
    var median: Duration { isEmpty ? .zero : sorted()[count / 2] }
}
