/// One command with its arguments, any bytes each.
package struct RedisCommand: Equatable, Sendable {
    package var arguments: [[UInt8]]

    package init(_ arguments: [[UInt8]]) {
        self.arguments = arguments
    }

    /// A command of plain words: `RedisCommand("CLIENT", "SETNAME", "weir")`.
    package init(_ words: String...) {
        arguments = words.map { Array($0.utf8) }
    }

    /// A command on a key: `RedisCommand("XINFO", "STREAM", key: name)`, more words after the key in `then`.
    package init(_ words: String..., key: [UInt8], then rest: [[UInt8]] = []) {
        arguments = words.map { Array($0.utf8) } + [key] + rest
    }

    /// Appends the command as it goes over the wire: an array of strings.
    func append(to output: inout [UInt8]) {
        output.appendHeader(UInt8(ascii: "*"), arguments.count)
        for argument in arguments {
            output.appendHeader(UInt8(ascii: "$"), argument.count)
            output += argument
            output.appendLineEnd()
        }
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

    fileprivate mutating func appendLineEnd() {
        append(UInt8(ascii: "\r"))
        append(UInt8(ascii: "\n"))
    }
}
