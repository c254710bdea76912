/// Turns what a server of RESP3 sends into RESP2, which every version of hiredis reads; takes it in any pieces.
///
/// The shapes are those in which Redis answers a client of RESP2: a map is an array of keys and values in turn, a set an
/// array; doubles, big numbers and verbatim strings are strings; true and false are 1 and 0. Pushes and attributes are left
/// out.
struct RESP3Rewriter {
    /// The body of a string, of which so many bytes are yet to come, with its CR and LF.
    private struct Body {
        var left: Int
        /// So many at its start are left out.
        var leftOut = 0
        /// An error of RESP2 is a line.
        var isError = false
    }

    /// What has come of a line.
    private var line: [UInt8] = []
    private var body: Body?
    /// Elements of a push or an attribute that are yet to come.
    private var leftOut = 0

    /// The types that RESP2 does not have.
    static let ownTypes = Set("%~_#,(=!>|".utf8)

    /// What hiredis is to be given for these bytes.
    mutating func rewrite(_ bytes: ArraySlice<UInt8>) throws(RedisClientError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while !rest.isEmpty {
            if let body {
                let part = rest.prefix(body.left)
                rest = rest.dropFirst(part.count)
                take(part, of: body, &output)
            } else {
                let part = rest.prefix(through: rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex - 1)
                rest = rest.dropFirst(part.count)
                line += part
                guard line.suffix(2) == Self.lineEnd[...] else { continue }
                try takeLine(&output)
                line.removeAll(keepingCapacity: true)
            }
        }
        return output
    }

    private static let lineEnd = Array("\r\n".utf8)

    private mutating func take(_ part: ArraySlice<UInt8>, of whole: Body, _ output: inout [UInt8]) {
        let skipped = part.prefix(whole.leftOut).count
        let kept = part.dropFirst(skipped)
        if whole.isError {
            let text = kept.prefix(max(0, whole.left - Self.lineEnd.count))
            output += text.map { Self.lineEnd.contains($0) ? UInt8(ascii: " ") : $0 }
            output += kept.dropFirst(text.count)
        } else {
            output += kept
        }
        let left = whole.left - part.count
        body = left == 0 ? nil : Body(left: left, leftOut: whole.leftOut - skipped, isError: whole.isError)
    }

    private mutating func takeLine(_ output: inout [UInt8]) throws(RedisClientError) {
        let value = line.dropFirst().dropLast(Self.lineEnd.count)
        let type = line[0]
        switch type {
        case UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "!"): try beginBody(type, &output)
        case UInt8(ascii: "*"), UInt8(ascii: "~"): try beginArray(of: count(), &output)
        case UInt8(ascii: "%"): try beginArray(of: pairs(), &output)
        case UInt8(ascii: ">"): try leaveOut(count())
        case UInt8(ascii: "|"): try leaveOut(pairs())
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"): put(line, &output)
        case UInt8(ascii: "_"): put(Array("$-1\r\n".utf8), &output)
        case UInt8(ascii: "#"): put(Array(":\(value.first == UInt8(ascii: "t") ? 1 : 0)\r\n".utf8), &output)
        case UInt8(ascii: ","), UInt8(ascii: "("):
            put(Array("$\(value.count)\r\n".utf8) + value + Self.lineEnd, &output)
        default: throw violation()
        }
    }

    /// One element is whole with this.
    private mutating func put(_ bytes: [UInt8], _ output: inout [UInt8]) {
        if leftOut > 0 { leftOut -= 1 } else { output += bytes }
    }

    private mutating func beginBody(_ type: UInt8, _ output: inout [UInt8]) throws(RedisClientError) {
        let length = try count()
        guard length >= 0 else { return put(line, &output) }
        let (left, overflows) = length.addingReportingOverflow(Self.lineEnd.count)
        if overflows { throw violation() }
        if leftOut > 0 {
            leftOut -= 1
            body = Body(left: left, leftOut: left)
            return
        }
        switch type {
        case UInt8(ascii: "="):
            // Its first bytes are its format: `txt:`.
            let format = min(length, 4)
            output += Array("$\(length - format)\r\n".utf8)
            body = Body(left: left, leftOut: format)
        case UInt8(ascii: "!"):
            output.append(UInt8(ascii: "-"))
            body = Body(left: left, isError: true)
        default:
            output += line
            body = Body(left: left)
        }
    }

    private mutating func beginArray(of elements: Int, _ output: inout [UInt8]) throws(RedisClientError) {
        if leftOut > 0 {
            leftOut -= 1
            try leaveOut(elements)
        } else {
            output += Array("*\(max(elements, -1))\r\n".utf8)
        }
    }

    private mutating func leaveOut(_ elements: Int) throws(RedisClientError) {
        let (sum, overflows) = leftOut.addingReportingOverflow(max(elements, 0))
        if overflows { throw violation() }
        leftOut = sum
    }

    /// The number that the line tells; -1: there is nothing.
    private func count() throws(RedisClientError) -> Int {
        let text = String(decoding: line.dropFirst().dropLast(Self.lineEnd.count), as: UTF8.self)
        guard let count = Int(text), count >= -1 else { throw violation() }
        return count
    }

    private func pairs() throws(RedisClientError) -> Int {
        let (elements, overflows) = try count().multipliedReportingOverflow(by: 2)
        if overflows { throw violation() }
        return elements
    }

    private func violation() -> RedisClientError {
        .protocolViolation("a reply begins with \(String(decoding: line.prefix(32), as: UTF8.self).debugDescription)")
    }
}
