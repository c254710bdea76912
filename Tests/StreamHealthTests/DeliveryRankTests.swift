import StreamModel
import Testing

@testable import StreamHealth

/// The count that weir keeps for servers that lose theirs: each rule, and what drops it.
@Suite("The rank of the last delivered entry")
struct DeliveryRankTests {
    private func position(
        length: Int64, first: UInt64?, delivered: UInt64, added: Int64? = 10, deleted: UInt64? = 0, read: Int64? = nil
    ) -> Position {
        .sample(
            .sample(delivered: delivered, read: read),
            in: .sample(length: length, first: first, last: 10, generated: 10, deleted: deleted, added: added))
    }

    private func rank(_ positions: Position...) -> DeliveryRank {
        var rank = DeliveryRank()
        var previous: Position?
        for position in positions {
            rank.advance(from: previous, to: position)
            previous = position
        }
        return rank
    }

    private var atEnd: Position { position(length: 10, first: 1, delivered: 10, read: 10) }

    @Test("is that of the last entry where all were delivered")
    func end() {
        #expect(rank(atEnd).rank == 10)
    }

    @Test("is not known at first sight, nor without counters")
    func unknown() {
        #expect(rank(position(length: 10, first: 1, delivered: 4, read: 4)).rank == nil)
        #expect(rank(position(length: 10, first: 1, delivered: 10, added: nil)).rank == nil)
    }

    @Test("stays while the group does not move, whatever is trimmed")
    func unmoved() {
        let rank = rank(atEnd, Position(added: 15, like: atEnd), Position(added: 20, like: atEnd))
        #expect(rank.rank == 10)
    }

    @Test("grows by what was read where everything passed was there")
    func moved() {
        var after = Position(added: 15, like: atEnd)
        after.delivered = StreamID(milliseconds: 13, sequence: 0)
        after.read = 13
        after.generated = StreamID(milliseconds: 15, sequence: 0)
        #expect(rank(atEnd, after).rank == 13)
    }

    @Test("is dropped where entries were trimmed before the group passed them")
    func trimmed() {
        var after = Position(added: 15, like: atEnd)
        after.delivered = StreamID(milliseconds: 13, sequence: 0)
        after.first = StreamID(milliseconds: 12, sequence: 0)
        after.read = 12
        after.generated = StreamID(milliseconds: 15, sequence: 0)
        #expect(rank(atEnd, after).rank == nil)
    }

    @Test("begins where the group reads the first entry")
    func begun() {
        let before = position(length: 8, first: 3, delivered: 0, read: 0)
        #expect(rank(before, position(length: 8, first: 3, delivered: 6, read: 4)).rank == 6)
        let deleted = position(length: 7, first: 3, delivered: 6, deleted: 5, read: 3)
        #expect(rank(before, deleted).rank == nil)
    }

    @Test("is dropped where the group is set back")
    func rewound() {
        #expect(rank(atEnd, position(length: 10, first: 1, delivered: 2, read: 2)).rank == nil)
    }

    @Test("gives the lag only while nothing after the last delivered entry was deleted")
    func lag() {
        var position = Position(added: 14, like: atEnd)
        position.length = 14
        #expect(rank(atEnd).lag(at: position) == 4)
        position.deleted = StreamID(milliseconds: 12, sequence: 0)
        #expect(rank(atEnd).lag(at: position) == nil)
    }
}

extension Position {
    /// The same position, when more entries had been added.
    fileprivate init(added: Int64, like other: Position) {
        self = other
        self.added = added
        generated = StreamID(milliseconds: UInt64(added), sequence: 0)
    }
}
