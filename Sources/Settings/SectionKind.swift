/// One of the kinds of a mapping that do not all know the same keys.
protocol SectionKind: RawRepresentable<String>, Equatable {
    /// The key whose value says which kind it is.
    static var key: String { get }
    /// The keys that only some kinds know, and which do.
    static var owners: [String: [Self]] { get }
}

extension SectionKind {
    /// The kinds that know the key, where this one does not.
    func owners(of key: String) -> [Self]? {
        guard let owners = Self.owners[key], !owners.contains(self) else { return nil }
        return owners
    }
}

extension SectionReader {
    /// Complains of the keys that are for other kinds.
    mutating func checkKeys<Kind: SectionKind>(of section: Section, as kind: Kind) {
        for (name, field) in section.fields {
            guard let owners = kind.owners(of: name) else { continue }
            let complaint = Complaint.keyOfKind(Kind.key, owners.map(\.rawValue), not: kind.rawValue)
            complain(complaint, about: field.key, at: field.keyMark)
        }
    }
}
