package import StreamModel

/// Which streams of a target are watched.
package struct StreamSelection: Equatable, Sendable {
    package var patterns: [Glob]
    package var exclude: [Glob]
    /// How many streams at the most.
    package var limit: Int
    /// Nil: all of them are this weir's.
    package var share: StreamShare?

    package init(patterns: [Glob], exclude: [Glob], limit: Int, share: StreamShare? = nil) {
        self.patterns = patterns
        self.exclude = exclude
        self.limit = limit
        self.share = share
    }

    /// The streams that are named outright, each once: they need no scan, and are missed when they are absent.
    package var exactNames: [Name] {
        var seen: Set<Name> = []
        return patterns.compactMap(\.exactName).filter { !isExcluded($0) && isOwn($0) && seen.insert($0).inserted }
    }

    package var needsScan: Bool {
        patterns.contains { $0.exactName == nil }
    }

    package func wants(_ name: Name) -> Bool {
        patterns.contains { $0.matches(name) } && !isExcluded(name) && isOwn(name)
    }

    /// The pattern for `SCAN … MATCH`, where one can serve: with several, all keys are listed and matched here.
    var scanPattern: Glob? {
        let wild = patterns.filter { $0.exactName == nil }
        return wild.count == 1 ? wild.first : nil
    }

    private func isOwn(_ name: Name) -> Bool { share?.holds(name) ?? true }

    private func isExcluded(_ name: Name) -> Bool {
        exclude.contains { $0.matches(name) }
    }
}
