import StreamModel
import Testing

@testable import StreamHealth

/// Moves of a group's last delivered ID that no reading explains, and those that one does.
@Suite("Moves of a group")
struct GroupMoveTests {
    private func position(_ delivered: UInt64, added: Int64? = 10) -> Position {
        .sample(
            .sample(delivered: delivered),
            in: .sample(length: 10, first: 1, last: 10, generated: 10, deleted: 0, added: added))
    }

    @Test(
        "are told apart",
        arguments: [
            (6, 4, 2, 8, false, .rewound(entries: 4, from: StreamID(milliseconds: 6, sequence: 0))),
            (6, 4, 2, 8, true, .rewound(entries: 4, from: StreamID(milliseconds: 6, sequence: 0))),
            (6, nil, 2, 8, false, .rewound(entries: nil, from: StreamID(milliseconds: 6, sequence: 0))),
            (2, 8, 6, 4, true, .skipped(entries: 4, from: StreamID(milliseconds: 2, sequence: 0))),
            (2, nil, 6, 4, true, .skipped(entries: nil, from: StreamID(milliseconds: 2, sequence: 0))),
            (2, 8, 6, 4, false, nil),
            (6, 4, 6, 4, true, nil),
            // It went forward over nothing: nobody missed anything.
            (2, 4, 6, 4, true, nil),
        ] as [(UInt64, Int64?, UInt64, Int64?, Bool, GroupMove?)])
    func moves(
        _ from: UInt64, _ lagBefore: Int64?, _ to: UInt64, _ lag: Int64?, _ isWithoutReads: Bool, _ move: GroupMove?
    ) {
        let found = GroupMove(
            from: position(from), lag: lagBefore, to: position(to), lag: lag, isWithoutReads: isWithoutReads)
        #expect(found == move)
    }
}
