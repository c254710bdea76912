import StreamModel

/// What the series of a page are labelled with, rendered once and used by every family.
///
/// All bytes lie in one buffer: with thousands of streams, a buffer for each would cost more than the page.
struct LabelTable: Sendable {
    /// What has series.
    enum Kind: Int, CaseIterable, Sendable {
        case stream
        case group
        case consumer
    }

    /// Where the labels of one subject lie in `bytes`.
    struct Place: Sendable {
        private var start: UInt32
        private var ownPlace: UInt32
        private var end: UInt32

        init(_ labels: Range<Int>, ownPlace: Int) {
            start = UInt32(clamping: labels.lowerBound)
            self.ownPlace = UInt32(clamping: ownPlace)
            end = UInt32(clamping: labels.upperBound)
        }

        /// Before and after those of a sample's own; of groups only, whose own (`status`) come by name between `group` and
        /// `stream`.
        var parts: (before: Range<Int>, after: Range<Int>) {
            (Int(start)..<Int(ownPlace), Int(ownPlace)..<Int(end))
        }

        var count: Int { Int(end - start) }
    }

    private(set) var bytes: [UInt8] = []
    private var places: [[Place]] = Kind.allCases.map { _ in [] }

    /// Of all subjects of a kind, in the order of the targets' streams, their groups, and these groups' consumers.
    subscript(_ kind: Kind) -> [Place] { places[kind.rawValue] }

    init(_ targets: [TargetSnapshot]) {
        for target in targets {
            for stream in target.streams { append(stream, target: target.name) }
        }
    }

    private mutating func append(_ stream: StreamSnapshot, target: String) {
        let tail = labels([("stream", stream.name.text), ("target", target)])
        let database = labels([("db", "db\(stream.database)")])
        append(.stream, [database, tail], before: 1)
        for group in stream.groups {
            let middle = labels([("group", group.name.text)])
            append(.group, [database, middle, tail], before: 2)
            for consumer in group.consumers {
                let head = labels([("consumer", consumer.name.text)])
                append(.consumer, [head, database, middle, tail], before: 3)
            }
        }
    }

    private func labels(_ labels: [(name: String, value: String)]) -> [UInt8] {
        var output: [UInt8] = []
        output.append(labels: labels)
        return output
    }

    /// `before`: how many of the parts come before those of a sample's own.
    private mutating func append(_ kind: Kind, _ parts: [[UInt8]], before: Int) {
        let start = bytes.count
        var ownPlace = start
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if index == before { ownPlace = bytes.count }
            bytes.append(contentsOf: part)
        }
        places[kind.rawValue].append(Place(start..<bytes.count, ownPlace: ownPlace))
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
