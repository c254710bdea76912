/// The name of the file that a document is kept in.
package struct StateFile<Content: StateContent>: Hashable, Sendable {
    /// In the folder; at most 255 bytes with whatever is put before or after it.
    package let name: String

    /// Without a target: the one document of its kind.
    package init(target: String? = nil) {
        let suffix = target.map { "-\(FileNameText.encoded($0))" } ?? ""
        name = "\(Content.kind)\(suffix).json"
    }
}
