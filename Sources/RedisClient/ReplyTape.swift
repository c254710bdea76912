/// Replies as hiredis took them apart, one value after the other: an array is followed by what it holds.
///
/// Most replies are read once and dropped, and a poll of thousands of streams brings a million values: one allocation for
/// each would cost more than all else.
final class ReplyTape: Sendable {
    let tokens: [ReplyToken]
    /// Of all texts, one after the other.
    let bytes: [UInt8]

    init(tokens: [ReplyToken], bytes: [UInt8]) {
        self.tokens = tokens
        self.bytes = bytes
    }

    /// The bytes of the text at `index`.
    func text(at index: Int) -> ArraySlice<UInt8> {
        let start = Int(tokens[index].value)
        return bytes[start..<start + Int(tokens[index].extent)]
    }
}
