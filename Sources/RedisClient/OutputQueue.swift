/// Requests as they go over the wire, and how much of each has gone.
struct OutputQueue {
    private(set) var bytes: [UInt8] = []
    /// How many of the bytes have gone.
    private(set) var gone = 0
    /// Of the requests that are not answered yet, the oldest first.
    private var sizes: [Int] = []
    private var goneOfUnanswered = 0

    var isEmpty: Bool { gone == bytes.count }

    mutating func append(_ commands: [RedisCommand]) {
        if isEmpty {
            bytes.removeAll(keepingCapacity: true)
            gone = 0
        }
        let before = bytes.count
        for command in commands { bytes += command.wire }
        sizes.append(bytes.count - before)
    }

    mutating func remove(_ count: Int) {
        gone += count
        goneOfUnanswered += count
    }

    /// The size of the oldest request, which has been answered; nil where it has not all gone.
    mutating func takeAnswered() -> Int? {
        guard let size = sizes.first, goneOfUnanswered >= size else { return nil }
        sizes.removeFirst()
        goneOfUnanswered -= size
        return size
    }
}
