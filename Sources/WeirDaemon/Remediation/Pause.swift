import StateFiles
import StreamModel

/// Somebody's wish that remediation keep still: a file in `state_dir`, in force for as long as it is there.
struct Pause: StateContent {
    static let kind = "pause"
    static let version = 1

    /// The one file, whatever is in it.
    static let file = StateFile<Pause>()

    /// Empty where none was given.
    var reason: String
    /// When remediation was told to keep still, on the clock of whoever did so.
    var since: Timestamp
}
