/// One command with its arguments, any bytes each.
///
/// Kept as it goes over the wire: a poll of thousands of streams makes as many of them, and an array for each argument would
/// cost more than sending them.
package struct RedisCommand: Equatable, Sendable {
    /// An array of strings.
    let wire: [UInt8]

    package init(_ arguments: [[UInt8]]) {
        self.init(words: [], then: arguments)
    }

    /// A command of plain words: `RedisCommand("CLIENT", "SETNAME", "weir")`.
    package init(_ words: String...) {
        self.init(words: words, then: [])
    }

    /// A command on a key: `RedisCommand("XINFO", "STREAM", key: name)`, more words after the key in `then`.
    package init(_ words: String..., key: [UInt8], then rest: [[UInt8]] = []) {
        self.init(words: words, key: key, then: rest)
    }

    private init(words: [String], key: [UInt8]? = nil, then rest: [[UInt8]]) {
        /// What the header and the end of an argument take, at most but for huge ones.
        let frame = 16
        let textBytes = words.reduce(key?.count ?? 0) { $0 + $1.utf8.count } + rest.reduce(0) { $0 + $1.count }
        let count = words.count + (key == nil ? 0 : 1) + rest.count
        var wire: [UInt8] = []
        wire.reserveCapacity(textBytes + frame * (count + 1))
        wire.appendHeader(UInt8(ascii: "*"), count)
        for word in words { wire.appendArgument(word.utf8) }
        if let key { wire.appendArgument(key) }
        for argument in rest { wire.appendArgument(argument) }
        self.wire = wire
    }

    package var arguments: [[UInt8]] {
        var rest = wire[...]
        rest.dropLine()
        var arguments: [[UInt8]] = []
        while let length = rest.argumentLength {
            rest.dropLine()
            arguments.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length + 2)
        }
        return arguments
    }

    /// The command's name without its arguments, which may hold a password: `XINFO STREAM`.
    package var name: String {
        let containers = ["XINFO", "CLIENT", "MEMORY", "CONFIG", "XGROUP", "CLUSTER", "SENTINEL", "ACL"]
        let words = arguments.prefix(2).map { String(decoding: $0, as: UTF8.self).uppercased() }
        guard let first = words.first else { return "" }
        return containers.contains(first) ? words.joined(separator: " ") : first
    }
}

extension [UInt8] {
    fileprivate mutating func appendHeader(_ type: UInt8, _ count: Int) {
        append(type)
        if count < 10 { append(UInt8(ascii: "0") + UInt8(count)) } else { append(contentsOf: String(count).utf8) }
        appendLineEnd()
    }

    fileprivate mutating func appendArgument(_ bytes: some Collection<UInt8>) {
        appendHeader(UInt8(ascii: "$"), bytes.count)
        append(contentsOf: bytes)
        appendLineEnd()
    }

    fileprivate mutating func appendLineEnd() {
        append(UInt8(ascii: "\r"))
        append(UInt8(ascii: "\n"))
    }
}

extension ArraySlice<UInt8> {
    /// By the header that comes next; nil at the end.
    fileprivate var argumentLength: Int? {
        guard let end = firstIndex(of: UInt8(ascii: "\r")) else { return nil }
        return Int(String(decoding: self[startIndex..<end].dropFirst(), as: UTF8.self))
    }

    fileprivate mutating func dropLine() {
        self = drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    }
}
