/// The ID of a stream's entry: the milliseconds of the clock that made it, and a sequence number.
package struct StreamID: Hashable, Comparable, Sendable {
    package var milliseconds: UInt64
    package var sequence: UInt64

    /// `0-0`: before every entry.
    ///
    /// Redis never gives it to one.
    package static let zero = StreamID(milliseconds: 0, sequence: 0)

    package init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// Parses `<ms>-<sequence>`, as Redis writes IDs in replies; nil for anything else.
    package init?(_ bytes: some Sequence<UInt8>) {
        let parts = bytes.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        // Swift's integers would also take a sign.
        guard parts.count == 2, parts.allSatisfy({ $0.first != UInt8(ascii: "+") && $0.first != UInt8(ascii: "-") }),
            let milliseconds = UInt64(String(decoding: parts[0], as: UTF8.self)),
            let sequence = UInt64(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    /// The lowest ID after this one: a range that starts with it excludes this one, also before Redis 6.2 with its `(ID`.
    ///
    /// Nil for the highest of all.
    package var successor: StreamID? {
        guard sequence == .max else { return StreamID(milliseconds: milliseconds, sequence: sequence + 1) }
        return milliseconds == .max ? nil : StreamID(milliseconds: milliseconds + 1, sequence: 0)
    }

    package static func < (left: StreamID, right: StreamID) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}

extension StreamID: CustomStringConvertible {
    package var description: String { "\(milliseconds)-\(sequence)" }
}

/// As Redis writes it.
extension StreamID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = StreamID(text.utf8) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no entry's ID")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
