/// The bytes of a page as they go out, made from one state of the board.
struct PageBody: Sendable {
    var bytes: [UInt8]
    var isCompressed: Bool
    /// Of the board that the page was made from.
    var version: UInt64
}
