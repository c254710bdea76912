import StreamModel

/// Names as a reply repeats them, each kept once: the rows of a pending entries list name a few consumers again and again.
struct NamePool {
    /// Beyond it, looking one up costs more than a copy.
    private static let size = 8

    private var names: [Name] = []

    mutating func name(_ bytes: ArraySlice<UInt8>) -> Name {
        if let known = names.first(where: { $0.bytes.elementsEqual(bytes) }) { return known }
        let name = Name(Array(bytes))
        if names.count == Self.size { names.removeFirst() }
        names.append(name)
        return name
    }
}
