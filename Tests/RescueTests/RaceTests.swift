import Remediation
import Rescue
import StreamModel
import TestSupport
import Testing

@Suite("Several at once")
struct RaceTests {
    @Test("two weirs move each entry exactly once", arguments: ServerProgram.all, [UInt64(1), 2])
    func once(program: ServerProgram, seed: UInt64) async throws {
        let stage = try await Stage(program)
        var random = SplitMix64(seed: seed)
        let ids = try await stage.hold((0..<300).map { entry("\($0)") })
        for id in ids where Int.random(in: 0..<10, using: &random) == 0 {
            try await stage.client.send("XACK", "s", "g", "\(id)")
        }
        let expected = try await stage.pendingIDs()
        let seeds = (random.next(), random.next())
        async let first = Self.moveAll(try stage.rescuer(), seed: seeds.0)
        async let second = Self.moveAll(try stage.rescuer(), seed: seeds.1)
        let (left, right) = (try await first, try await second)
        #expect(Set(left).isDisjoint(with: right))
        #expect((left + right).sorted() == expected)
        #expect(try await stage.pendingIDs().isEmpty)
        let values = Dictionary(uniqueKeysWithValues: zip(ids, (0..<300).map { entry("\($0)") }))
        let copies = try await stage.entries("retry").map(\.fields)
        #expect(copies.count == expected.count)
        #expect(Set(copies) == Set(expected.compactMap { values[$0] }))
    }

    /// Orders of random sizes until there is nothing to move.
    private static func moveAll(_ rescuer: Rescuer, seed: UInt64) async throws -> [StreamID] {
        var (rescuer, random, moved) = (rescuer, SplitMix64(seed: seed), [StreamID]())
        while true {
            let outcome = await rescuer.carryOut(
                .move(to: "retry", allowance: Int.random(in: 1...40, using: &random)))
            if let obstacle = outcome.obstacle { throw obstacle }
            moved += outcome.entries.map(\.id)
            // Nothing moved and more to come: the other was quicker.
            if outcome.entries.isEmpty && outcome.cursor == .zero { return moved }
        }
    }
}
