import Inspection

/// Lines of `weir diagnose` that belong together.
struct DiagnosisSection: Equatable, Sendable {
    var title: String
    var lines: [DiagnosisLine]
    /// To be typed into redis-cli by somebody who may; nil: nothing.
    var command: String?

    init(_ title: String, _ lines: [DiagnosisLine], command: String? = nil) {
        self.title = title
        self.lines = lines
        self.command = command
    }
}
