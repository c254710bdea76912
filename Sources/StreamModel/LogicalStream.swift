/// Several streams that are one to whoever reads them: the shards of a key.
package struct LogicalStream: Equatable, Sendable {
    /// Which streams are its parts.
    package var match: Glob
    /// What the page and the alerts call it.
    package var name: Name

    package init(match: Glob, name: Name) {
        self.match = match
        self.name = name
    }
}
