/// A mapping of the file whose keys have been checked.
struct Section {
    struct Field {
        /// Dotted, from the top: `targets[0].url`.
        let key: String
        let keyMark: YAMLMark
        let value: YAMLNode
    }

    /// Dotted, from the top; empty for the top itself.
    let key: String
    let mark: YAMLMark
    var fields: [String: Field] = [:]
    /// Whether keys were refused: what then seems to be missing may be what one of them was meant for.
    var hasRefusedKeys = false

    func hasAny(of names: [String]) -> Bool {
        names.contains { fields[$0] != nil }
    }

    func path(to name: String) -> String {
        key.isEmpty ? name : "\(key).\(name)"
    }
}
