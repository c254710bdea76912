/// A part of the metrics page that is written out in one way.
struct PageRun: Sendable {
    enum Kind: Sendable {
        /// Lines as they are.
        case text
        /// One family's series of everything of a kind, in the order of their labels.
        ///
        /// Of each subject, how many samples it has, in a byte; then of each sample the length of its own labels, these, the
        /// length of its value, and that. `name`: the family's, with the brace.
        case series(LabelTable.Kind, name: Range<Int>)
    }

    var kind: Kind
    /// Where in the page's bytes it lies.
    var bytes: Range<Int>
}
