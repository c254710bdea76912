package import StreamModel

/// Shows several streams as the one that they are to whoever reads them.
package struct LogicalStreams: Equatable, Sendable {
    private let streams: [LogicalStream]

    /// Where a stream matches several, the first counts.
    package init(_ streams: [LogicalStream]) {
        self.streams = streams
    }

    /// The name under which the stream `name` is shown: its own where it is part of none.
    package func displayedName(of name: Name) -> Name {
        logicalName(of: name) ?? name
    }

    /// The logical stream that shows the stream `name`; nil: it is shown under its own name.
    func name(showing name: Name) -> Name? {
        let displayed = displayedName(of: name)
        return displayed == name ? nil : displayed
    }

    /// `snapshots`, by name, as they are shown, by name.
    ///
    /// All that are shown under one name become one, also a stream that merely bears the name of a logical one: else two
    /// would have the same series. A stream that is not part of anything stays as it is.
    package func merge(_ snapshots: [StreamSnapshot]) -> [StreamSnapshot] {
        guard !streams.isEmpty else { return snapshots }
        var untouched: [StreamSnapshot] = []
        var parts: [Name: [StreamSnapshot]] = [:]
        for snapshot in snapshots {
            if let name = logicalName(of: snapshot.name) {
                parts[name, default: []].append(snapshot)
            } else {
                untouched.append(snapshot)
            }
        }
        untouched.removeAll { snapshot in
            guard parts[snapshot.name] != nil else { return false }
            parts[snapshot.name]?.append(snapshot)
            return true
        }
        let merged = parts.map { name, parts in StreamSnapshot(merging: parts, as: name) }
        return (untouched + merged).sorted { $0.name < $1.name }
    }

    private func logicalName(of name: Name) -> Name? {
        streams.first { $0.match.matches(name) }?.name
    }
}
