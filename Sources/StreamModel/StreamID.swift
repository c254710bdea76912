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
        self.init(ArraySlice(bytes))
    }

    /// The same of a part of a reply, where a poll of thousands of streams finds them.
    package init?(_ bytes: ArraySlice<UInt8>) {
        guard let dash = bytes.firstIndex(of: UInt8(ascii: "-")), let milliseconds = UInt64(digits: bytes[..<dash]),
            let sequence = UInt64(digits: bytes[(dash + 1)...])
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

extension UInt64 {
    /// Nil where there are none, or something else: Swift's own would also take a sign.
    fileprivate init?(digits: ArraySlice<UInt8>) {
        guard !digits.isEmpty else { return nil }
        self = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, isTooLarge) = multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            if isTooLarge || overflows { return nil }
            self = sum
        }
    }
}
