import StreamModel

/// What the series of a page are labelled with, rendered once and used by every family.
///
/// All bytes lie in one buffer: with thousands of streams, a buffer for each would cost more than the page.
struct LabelTable {
    /// Something that has series, and where its labels lie in `bytes`.
    struct Row<Subject> {
        var subject: Subject
        var labels: Range<Int>
        /// Where within `labels` those of a sample's own go; of groups only, whose own (`status`) come by name between
        /// `group` and `stream`.
        var ownPlace = 0
    }

    private(set) var bytes: [UInt8] = []
    private(set) var streams: [Row<StreamSnapshot>] = []
    private(set) var groups: [Row<GroupSnapshot>] = []
    private(set) var consumers: [Row<ConsumerSnapshot>] = []

    init(_ targets: [TargetSnapshot]) {
        for target in targets {
            for stream in target.streams { append(stream, target: target.name) }
        }
    }

    private mutating func append(_ stream: StreamSnapshot, target: String) {
        let tail = labels([("stream", stream.name.text), ("target", target)])
        let database = labels([("db", "db\(stream.database)")])
        streams.append(Row(subject: stream, labels: join([database, tail])))
        for group in stream.groups {
            let middle = labels([("group", group.name.text)])
            let range = join([database, middle, tail])
            groups.append(Row(subject: group, labels: range, ownPlace: range.upperBound - tail.count))
            for consumer in group.consumers {
                let head = labels([("consumer", consumer.name.text)])
                consumers.append(Row(subject: consumer, labels: join([head, database, middle, tail])))
            }
        }
    }

    private func labels(_ labels: [(name: String, value: String)]) -> [UInt8] {
        var output: [UInt8] = []
        output.append(labels: labels)
        return output
    }

    private mutating func join(_ parts: [[UInt8]]) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: parts.joined(separator: [UInt8(ascii: ",")]))
        return start..<bytes.count
    }
}

extension [UInt8] {
    /// Appends `name="value",…` with the values escaped.
    mutating func append(labels: [(name: String, value: String)]) {
        for (index, label) in labels.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            append(contentsOf: label.name.utf8)
            append(contentsOf: "=\"".utf8)
            append(escaped: label.value, quotes: true)
            append(UInt8(ascii: "\""))
        }
    }

    /// Appends `text` with backslashes and newlines escaped, and quotes where they would end it.
    ///
    /// This is the only place where the formats' escapes are made.
    mutating func append(escaped text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\"") where quotes: append(contentsOf: #"\""#.utf8)
            default: append(byte)
            }
        }
    }
}
