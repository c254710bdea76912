/// One line of what `weir diagnose` finds.
package struct DiagnosisLine: Equatable, Sendable {
    /// From the least to what matters most.
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case ok, note, warn, fail

        package static func < (left: Level, right: Level) -> Bool {
            let order = Level.allCases
            return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
        }
    }

    package var level: Level
    /// As it is: whoever prints it to a terminal has to escape it.
    package var text: String

    package init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}
