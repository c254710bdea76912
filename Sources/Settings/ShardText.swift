import Platform
import StreamModel

/// Which of several weirs one is, as it is written in settings: `0/3`, the first of three.
enum ShardText {
    static func parse(_ text: String) throws(Complaint) -> Shard {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = number(parts[0]), let count = number(parts[1]) else {
            throw .notA(.shard, Excerpt(text))
        }
        guard let shard = Shard(index: index, count: count) else {
            throw .outOfRange(Excerpt(text), range: "I from 0 and below N", example: "0/3, 1/3 and 2/3")
        }
        return shard
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...6).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
