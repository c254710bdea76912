/// What a state file holds: written from one run of weir to the next.
package protocol StateContent: Codable, Equatable, Sendable {
    /// What it is, in small letters: it begins the file's name.
    static var kind: String { get }
    /// From 1; raised when what older weirs would make of a file is wrong. Files of all versions up to it are read.
    static var version: Int { get }
}

extension StateContent {
    func isEqual(to other: any StateContent) -> Bool {
        (other as? Self) == self
    }
}
