import StreamModel

/// Whether somebody has told remediation to keep still.
enum PauseState: Equatable, Sendable {
    case running
    /// `reason`: empty where none was given. `since`: nil where it cannot be told.
    case paused(reason: String, since: Timestamp?)

    var isPaused: Bool { self != .running }
}
