import StreamModel

/// The streams that were found beyond the limit: how many, and some of their names.
struct Overflow: Sendable {
    /// Names that are kept.
    private static let named = 100

    /// SCAN may return a key twice, and each counts once; a hash takes less than a name.
    private var hashes: Set<Int> = []
    private var names: Set<Name> = []

    init(_ names: some Sequence<Name> = EmptyCollection()) {
        for name in names { insert(name) }
    }

    var count: Int { hashes.count }
    var sortedNames: [Name] { names.sorted() }

    mutating func insert(_ name: Name) {
        hashes.insert(name.hashValue)
        if names.count < Self.named { names.insert(name) }
    }
}
