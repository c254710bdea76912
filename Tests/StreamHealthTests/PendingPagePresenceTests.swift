import StreamModel
import Testing

@testable import StreamHealth

@Suite("What a page tells of an entry that was pending")
struct PendingPagePresenceTests {
    private static let rows = [PendingEntry.sample(2, "a"), .nacked(4), .sample(6, "b")]

    @Test(
        "whether it is still pending or gone, up to the last row or the list's end",
        arguments: [
            (1, .gone), (2, .pending(Name("a"))), (3, .gone), (4, .pending(nil)), (5, .gone), (6, .pending(Name("b"))),
        ] as [(UInt64, PendingPage.Presence)])
    func covered(id: UInt64, presence: PendingPage.Presence) {
        for endsSweep in [true, false] {
            let page = PendingPage(rows: Self.rows, startsSweep: true, endsSweep: endsSweep)
            #expect(page.presence(of: entryID(id)) == presence)
        }
    }

    @Test("nothing beyond its last row, unless the list ends there, and nothing where it does not begin with the list")
    func notCovered() {
        let first = PendingPage(rows: Self.rows, startsSweep: true, endsSweep: false)
        #expect(first.presence(of: entryID(7)) == .notCovered)
        let whole = PendingPage(rows: Self.rows, startsSweep: true, endsSweep: true)
        #expect(whole.presence(of: entryID(7)) == .gone)
        let second = PendingPage(rows: Self.rows, startsSweep: false, endsSweep: true)
        #expect(second.presence(of: entryID(2)) == .notCovered)
        #expect(PendingPage(rows: [], startsSweep: true, endsSweep: true).presence(of: entryID(1)) == .gone)
    }
}
