import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("Which consumers have series")
struct ConsumerSelectionTests {
    /// A selection, and what it was last made from.
    private struct Chooser {
        private var selection = ConsumerSelection()
        private var consumers: [ConsumerFigures] = []

        var shown: Set<Name> { Set(selection.shown(of: consumers).map(\.name)) }

        mutating func update(
            _ observed: [ConsumerObservation], statuses: [String: ConsumerStatus] = [:], limit: Int = 2
        ) {
            let present = observed.map { ConsumerFigures($0, status: statuses[$0.name.text]) }
            selection.update(present, before: consumers, limit: limit)
            consumers = present
        }
    }

    private func names(_ names: String...) -> Set<Name> {
        Set(names.map { Name($0) })
    }

    @Test("All that are not too many")
    func all() {
        var selection = Chooser()
        selection.update([.sample("a"), .sample("b", pending: 1)])
        #expect(selection.shown == names("a", "b"))
        selection.update([])
        #expect(selection.shown.isEmpty)
    }

    @Test("Not one that is abandoned, also where there is room")
    func abandoned() {
        var selection = Chooser()
        selection.update(
            [.sample("gone"), .sample("idle"), .sample("holds", pending: 1)],
            statuses: ["gone": .abandoned, "idle": .idle, "holds": .stale], limit: 9)
        #expect(selection.shown == names("idle", "holds"))
    }

    @Test("Those in trouble before those that merely hold entries, also where others were shown")
    func troubleFirst() {
        var selection = Chooser()
        let holders = ["a", "b", "y", "z"].map { ConsumerObservation.sample($0, pending: 1) }
        selection.update(holders)
        #expect(selection.shown == names("a", "b"))
        selection.update(holders, statuses: ["a": .busy, "b": .active, "y": .stuck, "z": .stale])
        #expect(selection.shown == names("y", "z"))
    }

    @Test("Those that hold entries first, then by name")
    func holdersFirst() {
        var selection = Chooser()
        selection.update([.sample("a"), .sample("b"), .sample("c"), .sample("z", pending: 1)])
        #expect(selection.shown == names("a", "z"))
    }

    @Test("One that is shown stays while others of its kind come")
    func stays() {
        var selection = Chooser()
        selection.update([.sample("m", pending: 1), .sample("n")])
        selection.update([.sample("a"), .sample("m", pending: 1), .sample("n")])
        #expect(selection.shown == names("m", "n"))
        // Holders among themselves: none makes room for another.
        selection.update([.sample("a", pending: 9), .sample("m", pending: 1), .sample("n", pending: 1)])
        #expect(selection.shown == names("m", "n"))
    }

    @Test("One that holds nothing makes room for one that does, and comes back after it")
    func makesRoom() {
        var selection = Chooser()
        selection.update([.sample("a"), .sample("b")])
        selection.update([.sample("a"), .sample("b"), .sample("z", pending: 1)])
        #expect(selection.shown == names("a", "z"))
        selection.update([.sample("a"), .sample("b"), .sample("z")])
        #expect(selection.shown == names("a", "z"))
    }

    @Test("None where none are allowed")
    func limitOfZero() {
        var selection = Chooser()
        selection.update([.sample("a", pending: 1)], limit: 0)
        #expect(selection.shown.isEmpty)
    }

    @Test("The limit holds, every seat is taken, and no idle one sits while a holder stands", arguments: UInt64(1)...4)
    func limits(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var selection = Chooser()
        for _ in 0..<300 {
            let consumers = (0..<Int.random(in: 0...12, using: &random)).map { index in
                ConsumerObservation.sample("c\(index)", pending: Int64.random(in: 0...1, using: &random))
            }
            selection.update(consumers, limit: 5)
            #expect(selection.shown.count == min(5, consumers.count))
            let holders = Set(consumers.filter { $0.pending > 0 }.map(\.name))
            #expect(holders.isSubset(of: selection.shown) || selection.shown.isSubset(of: holders))
        }
    }
}
