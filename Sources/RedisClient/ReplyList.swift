/// The elements of a reply that is an array, one after the other.
package struct ReplyList: Sequence, Sendable {
    private let tape: ReplyTape
    private let start: Int
    private let end: Int
    package let count: Int

    init(on tape: ReplyTape, from start: Int, to end: Int, count: Int) {
        self.tape = tape
        self.start = start
        self.end = end
        self.count = count
    }

    package struct Iterator: IteratorProtocol {
        private let tape: ReplyTape
        private var index: Int
        private let end: Int

        fileprivate init(_ list: ReplyList) {
            tape = list.tape
            index = list.start
            end = list.end
        }

        package mutating func next() -> RedisReply? {
            guard index < end else { return nil }
            defer { index = tape.tokens[index].end(from: index) }
            return RedisReply(on: tape, at: index)
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }

    package var underestimatedCount: Int { count }

    package var first: RedisReply? {
        var iterator = makeIterator()
        return iterator.next()
    }

    /// The value of a field, where the list is one of names and values in turn.
    ///
    /// A dictionary would cost more to make than it saves: there are a dozen fields at the most.
    package subscript(field name: StaticString) -> RedisReply? {
        let tokens = tape.tokens
        var index = start
        while index < end {
            let value = tokens[index].end(from: index)
            guard value < end else { return nil }
            if tokens[index].kind == .string, Int(tokens[index].extent) == name.utf8CodeUnitCount,
                name.withUTF8Buffer({ unsafe $0.elementsEqual(tape.text(at: index)) })
            {
                return RedisReply(on: tape, at: value)
            }
            index = tokens[value].end(from: value)
        }
        return nil
    }
}
