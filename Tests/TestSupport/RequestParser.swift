/// Takes commands out of what a Redis client sends: arrays of bulk strings.
struct RequestParser {
    private var input: [UInt8] = []
    private var position = 0

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        input.removeFirst(position)
        position = 0
        input += bytes
    }

    /// The next whole command; nil where more bytes are needed.
    mutating func next() -> [String]? {
        let start = position
        guard let count = number(after: UInt8(ascii: "*")) else { return rewind(to: start) }
        var words: [String] = []
        for _ in 0..<count {
            guard let length = number(after: UInt8(ascii: "$")), input.count >= position + length + 2 else {
                return rewind(to: start)
            }
            words.append(String(decoding: input[position..<position + length], as: UTF8.self))
            position += length + 2
        }
        return words
    }

    /// Takes a line such as `*3` or `$5`.
    private mutating func number(after mark: UInt8) -> Int? {
        guard position < input.count, input[position] == mark,
            let end = input[position...].firstIndex(of: UInt8(ascii: "\n")),
            let value = Int(String(decoding: input[(position + 1)..<(end - 1)], as: UTF8.self))
        else { return nil }
        position = end + 1
        return value
    }

    private mutating func rewind(to start: Int) -> [String]? {
        position = start
        return nil
    }
}
