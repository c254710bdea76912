/// Shows several streams as the one that they are to whoever reads them.
package struct LogicalStreams: Equatable, Sendable {
    package let streams: [LogicalStream]

    /// Where a stream matches several, the first counts.
    package init(_ streams: [LogicalStream]) {
        self.streams = streams
    }

    /// The name under which the stream `name` is shown: its own where it is part of none.
    package func displayedName(of name: Name) -> Name {
        logicalName(of: name) ?? name
    }

    /// The logical stream that shows the stream `name`; nil: it is shown under its own name.
    package func name(showing name: Name) -> Name? {
        let displayed = displayedName(of: name)
        return displayed == name ? nil : displayed
    }

    /// Nil: the stream is part of none.
    package func logicalName(of name: Name) -> Name? {
        streams.first { $0.match.matches(name) }?.name
    }
}
