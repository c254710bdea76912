import RedisClient
import StreamModel
import Synchronization
import TestSupport

/// What truly became of entries: by number, which is in their bodies, and by ID.
final class EntryTruth: Sendable {
    /// One entry as it was produced: a producer that is not answered produces it once more.
    struct Identity: Hashable {
        var number: Int
        var attempt: Int
    }

    private struct State {
        var processed: Set<Int> = []
        var acknowledged: Set<String> = []
        /// Acknowledged or moved by weir: the answer was lost, or came late.
        var doubtful: Set<String> = []
        var faults: [String] = []
    }

    private let state = Mutex(State())

    /// The fields of an entry: its number, and bytes that follow from it.
    static func body(_ number: Int, attempt: Int) -> [[UInt8]] {
        var random = SplitMix64(seed: UInt64(number))
        let length = Int.random(in: 0...200, using: &random)
        let payload = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return [Array("n".utf8), Array("\(number)".utf8), Array("attempt".utf8), Array("\(attempt)".utf8)]
            + [payload, Array("end".utf8)]
    }

    /// Which entry these fields are of; what is beyond them is provenance.
    func identity(of fields: [RedisReply]) -> Identity? {
        let bytes = fields.compactMap(\.bytes)
        guard bytes.count >= 6, let number = Int(String(decoding: bytes[1], as: UTF8.self)),
            let attempt = Int(String(decoding: bytes[3], as: UTF8.self)),
            Array(bytes.prefix(6)) == Self.body(number, attempt: attempt)
        else {
            fault("a body is not intact: \(bytes.prefix(6))")
            return nil
        }
        return Identity(number: number, attempt: attempt)
    }

    func process(_ number: Int) {
        _ = state.withLock { $0.processed.insert(number) }
    }

    /// `isCertain`: the server has just said that it was pending.
    func acknowledge(_ id: String, isCertain: Bool) {
        _ = state.withLock { state in
            isCertain ? state.acknowledged.insert(id) : state.doubtful.insert(id)
        }
    }

    func fault(_ text: String) {
        state.withLock { $0.faults.append(text) }
    }

    var processed: Set<Int> { state.withLock(\.processed) }
    var faults: [String] { state.withLock(\.faults) }

    /// How many copies of its IDs an entry may have: one of each that nobody acknowledged, and perhaps of the doubtful.
    func copies(of ids: [String]) -> ClosedRange<Int> {
        state.withLock { state in
            let moved = ids.count { !state.acknowledged.contains($0) && !state.doubtful.contains($0) }
            let doubtful = ids.count { state.doubtful.contains($0) && !state.acknowledged.contains($0) }
            return moved...(moved + doubtful)
        }
    }
}
