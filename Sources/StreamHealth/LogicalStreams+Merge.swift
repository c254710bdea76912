package import StreamModel

extension LogicalStreams {
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
}
