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

    /// Takes all that the tokens say, wherever on a tape they are.
    func hash(_ places: Range<Int>, into hasher: inout Hasher) {
        var text = 0..<0
        for token in tokens[places] {
            hasher.combine(UInt64(token.kind.rawValue) << 32 | UInt64(token.extent))
            if token.kind.isText {
                // Texts follow one another as their tokens do.
                let start = text.isEmpty ? Int(token.value) : text.lowerBound
                text = start..<Int(token.value) + Int(token.extent)
            } else {
                hasher.combine(token.value)
            }
        }
        unsafe bytes[text].withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}
