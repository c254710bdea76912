@testable import StateFiles

/// What tests keep in state files.
struct Notes: StateContent {
    static let kind = "notes"
    static let version = 2

    var lines: [String] = []
    var figure: Double?

    /// Of about `bytes`, all of them the same letter.
    static func filled(with letter: Character, bytes: Int) -> Notes {
        Notes(lines: [String(repeating: letter, count: bytes)])
    }
}
