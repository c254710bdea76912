/// How many entries a group had still to be given at the moments of a window, the oldest first.
///
/// There are thousands of groups with a dozen samples each: a sample takes 8 bytes.
package struct LagHistory: Equatable, Sendable {
    package struct Sample: Equatable, Sendable {
        package var time: Timestamp
        /// At most 2^32 - 2; nil: not known.
        package var entries: Int64?

        package init(time: Timestamp, entries: Int64?) {
            self.time = time
            self.entries = entries
        }
    }

    private struct Kept: Equatable, Sendable {
        /// Before the newest.
        var milliseconds: UInt32
        var entries: UInt32
    }

    private static let unknown = UInt32.max

    private var newest = Timestamp(milliseconds: 0)
    private var kept: [Kept] = []

    package init() {}

    /// `samples`: in order, over less than 49 days.
    package init(_ samples: some BidirectionalCollection<Sample>) {
        guard let last = samples.last else { return }
        newest = last.time
        kept = samples.map { sample in
            Kept(
                milliseconds: UInt32(clamping: last.time.milliseconds(since: sample.time)),
                entries: sample.entries.map { min(Self.unknown - 1, UInt32(clamping: $0)) } ?? Self.unknown)
        }
    }

    package var samples: [Sample] {
        kept.map { kept in
            Sample(
                time: newest.advanced(byMilliseconds: -Int64(kept.milliseconds)),
                entries: kept.entries == Self.unknown ? nil : Int64(kept.entries))
        }
    }
}
