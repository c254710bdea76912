/// The log, which only flags and the environment decide.
package struct LogSettings: Sendable, Equatable {
    package enum Level: String, Sendable, Equatable, CaseIterable {
        case trace, debug, info, warning, error
    }

    package enum Format: String, Sendable, Equatable, CaseIterable {
        case text, json
    }

    package var level: Level = .info
    package var format: Format = .text

    package init() {}
}
