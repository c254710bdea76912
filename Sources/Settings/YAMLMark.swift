/// A place in a file: line and column, both from 1, the column counted in characters.
package struct YAMLMark: Sendable, Equatable, Comparable {
    package let line: Int
    package let column: Int

    package static let start = YAMLMark(line: 1, column: 1)

    package static func < (left: YAMLMark, right: YAMLMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension YAMLMark {
    /// The place of the byte at `offset`: for what libyaml's reader refuses, of which it tells no line.
    init(offset: Int, in bytes: [UInt8]) {
        let before = bytes.prefix(max(0, offset))
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = before[lineStart...].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
    }
}
