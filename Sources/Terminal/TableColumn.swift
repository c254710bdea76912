/// A column of a table.
package struct TableColumn: Equatable, Sendable {
    package enum Alignment: Sendable {
        case left
        case right
    }

    package var title: String
    package var alignment: Alignment
    /// The fewest cells that its texts may be shortened to; nil: they are not.
    package var leastWidth: Int?
    /// Where not all columns fit the highest is left out first; nil: it stays.
    package var expendability: Int?

    package init(_ title: String, _ alignment: Alignment = .left, leastWidth: Int? = nil, expendability: Int? = nil) {
        self.title = title
        self.alignment = alignment
        self.leastWidth = leastWidth
        self.expendability = expendability
    }
}
