/// One value of a reply; the strings' bytes are beside it.
struct ReplyToken: Sendable {
    enum Kind: UInt8, Sendable {
        case string
        case status
        case error
        case integer
        case array
        case null

        /// Whether its bytes are beside it.
        var isText: Bool { self == .string || self == .status || self == .error }
    }

    var kind: Kind
    /// Of a text its bytes; of an array the tokens that it takes with all that it holds, itself too.
    var extent: UInt32
    /// The integer; where a text begins; how many elements an array has.
    var value: Int64

    /// Where the next value of the same array begins, when this one begins at `index`.
    func end(from index: Int) -> Int {
        kind == .array ? index + Int(extent) : index + 1
    }
}
