import StreamModel
import TestSupport

/// A stream with one group of which the truth is known, changed as Redis would change it.
struct ModelStream {
    private(set) var entries: [StreamID] = []
    private(set) var delivered = StreamID.zero
    private var generated = StreamID.zero
    private var added: Int64 = 0
    /// The highest ID that XDEL took; trimming leaves it as it is.
    private var maxDeleted = StreamID.zero

    var length: Int64 { Int64(entries.count) }

    /// The entries that have still to be delivered.
    var lag: Int64 { Int64(entries.count { $0 > delivered }) }

    /// Whether every entry that was ever added is still there.
    var isUntouched: Bool { added == length }

    /// Whether an entry that was deleted may lie beyond the delivered position.
    var mayHaveHoleAhead: Bool { maxDeleted != .zero && maxDeleted >= delivered }

    var counters: StreamCounters {
        StreamCounters(
            radixTreeKeys: 1, radixTreeNodes: 2, groups: 1, lastGeneratedID: generated, firstEntryID: entries.first,
            lastEntryID: entries.last, maxDeletedEntryID: maxDeleted, entriesAdded: added)
    }

    /// One random command.
    mutating func change(using random: inout SplitMix64) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...4: add(using: &random)
        case 5...7: read(Int.random(in: 1...4, using: &random))
        case 8, 9: delete(using: &random)
        case 10: entries = entries.suffix(Int.random(in: 0...8, using: &random))
        default: setPosition(using: &random)
        }
    }

    private mutating func add(using random: inout SplitMix64) {
        let step = UInt64.random(in: 0...3, using: &random)
        generated =
            step == 0
            ? StreamID(milliseconds: generated.milliseconds, sequence: generated.sequence + 1)
            : StreamID(milliseconds: generated.milliseconds + step, sequence: 0)
        entries.append(generated)
        added += 1
    }

    private mutating func read(_ count: Int) {
        delivered = entries.filter { $0 > delivered }.prefix(count).last ?? delivered
    }

    private mutating func delete(using random: inout SplitMix64) {
        guard let index = entries.indices.randomElement(using: &random) else { return }
        maxDeleted = max(maxDeleted, entries.remove(at: index))
    }

    /// XGROUP SETID, to anywhere that the stream has been.
    private mutating func setPosition(using random: inout SplitMix64) {
        let milliseconds = UInt64.random(in: 0...generated.milliseconds, using: &random)
        delivered = StreamID(milliseconds: milliseconds, sequence: UInt64.random(in: 0...2, using: &random))
    }
}
