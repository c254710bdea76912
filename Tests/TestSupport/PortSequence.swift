internal import Synchronization

/// The ports of a range in turn, from anywhere in it: no two tests are given the same.
final class PortSequence: Sendable {
    private let range: Range<UInt16>
    private let last: Mutex<UInt16>

    init(_ range: Range<UInt16>) {
        self.range = range
        last = Mutex(.random(in: range))
    }

    func next() -> UInt16 {
        last.withLock { last in
            last = last + 1 < range.upperBound ? last + 1 : range.lowerBound
            return last
        }
    }
}
