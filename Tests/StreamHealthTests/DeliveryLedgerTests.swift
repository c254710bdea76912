import StreamModel
import Testing

@testable import StreamHealth

/// What a group was given and has done with, as each way of telling says, and where none does.
@Suite("Deliveries and acknowledgements")
struct DeliveryLedgerTests {
    private func look(
        _ delivered: UInt64, read: Int64? = nil, rank: Int64? = nil, pending: Int64 = 0, passedOver: Int64 = 0,
        readsTell: Bool = true, wasMoved: Bool = false, mayHaveLost: Bool = false
    ) -> DeliveryLedger.Look {
        DeliveryLedger.Look(
            delivered: entryID(delivered), read: read, rank: rank, passedOver: passedOver, pending: pending,
            readsTell: readsTell, wasMoved: wasMoved, mayHaveLost: mayHaveLost)
    }

    private func ledger(_ looks: [DeliveryLedger.Look]) -> DeliveryLedger {
        looks.reduce(into: DeliveryLedger()) { $0.settle($1) }
    }

    @Test("start at 0 at first sight, whatever was before")
    func firstSight() {
        let seen = ledger([look(50, read: 50, rank: 50, pending: 7)])
        #expect(seen.delivered == 0)
        #expect(seen.acknowledged == 0)
    }

    @Test("are not known where neither R nor the rank is")
    func unknown() {
        #expect(ledger([look(50)]).delivered == nil)
        #expect(ledger([look(50), look(60)]).delivered == nil)
        // That nothing moved is known all the same, and after it everything is.
        #expect(ledger([look(50), look(50)]).delivered == 0)
        #expect(ledger([look(50), look(60), look(60)]).delivered == 0)
    }

    @Test("are what R has grown by, where R counts")
    func reads() {
        let read = ledger([look(50, read: 50, rank: 50), look(58, read: 57, rank: 90, pending: 4)])
        #expect(read.delivered == 7)
        #expect(read.acknowledged == 3)
    }

    @Test("are what the rank has grown by where R does not count, less what was lost or skipped")
    func ranks() {
        let looks = [
            look(50, read: 50, rank: 50), look(90, read: 90, rank: 90, pending: 12, passedOver: 25, readsTell: false),
        ]
        #expect(ledger(looks).delivered == 15)
        #expect(ledger(looks).acknowledged == 3)
        #expect(ledger([look(50, rank: 50), look(90, rank: 80)]).delivered == 30)
    }

    @Test("come without a delivery when D stays or is moved by hand")
    func unmoved() {
        #expect(ledger([look(50, read: 50, rank: 50), look(50, read: 60, rank: 60)]).delivered == 0)
        #expect(ledger([look(50, read: 50, rank: 50), look(20, read: nil, rank: 20)]).delivered == 0)
        #expect(ledger([look(50, rank: 50), look(70, rank: 70, wasMoved: true)]).delivered == 0)
        // From where it was set back to, all counts again.
        #expect(ledger([look(50, rank: 50), look(20, rank: 20), look(50, rank: 50)]).delivered == 30)
    }

    @Test("that a look could not tell are made up for by a later one")
    func madeUpFor() {
        let unknown = ledger([look(50, rank: 50, pending: 2), look(60, pending: 3)])
        #expect(unknown.delivered == nil)
        let known = ledger([look(50, rank: 50, pending: 2), look(60, pending: 3), look(70, rank: 70, pending: 5)])
        #expect(known.delivered == 20)
        #expect(known.acknowledged == 17)
    }

    @Test("are not read off an R of several looks ago, which may have jumped meanwhile")
    func jumped() {
        let looks = [
            look(50, read: 50, rank: 50), look(60, read: 900, readsTell: false), look(70, read: 910, rank: 70),
        ]
        #expect(ledger(looks).delivered == 20)
    }

    @Test("are not known where some of what was passed may have been lost, unless R counts")
    func lost() {
        let unknown = ledger([
            look(50, read: 50, rank: 50), look(90, read: 90, rank: 90, readsTell: false, mayHaveLost: true),
        ])
        #expect(unknown.delivered == nil)
        #expect(unknown.hasLostCount)
        let read = ledger([look(50, read: 50, rank: 50), look(90, read: 70, rank: 90, mayHaveLost: true)])
        #expect(read.delivered == 20)
    }

    @Test("are said to have been missed where no later look can make up for them")
    func missed() {
        #expect(ledger([look(50, read: 50)]).hasLostCount)
        #expect(!ledger([look(50, read: 50), look(60, read: 60)]).hasLostCount)
        #expect(ledger([look(50, read: 50), look(60, read: 60), look(70)]).hasLostCount)
        #expect(!ledger([look(50, rank: 50), look(60)]).hasLostCount)
    }

    @Test("keep what is done done, and count what leaves the list by whichever way")
    func acknowledged() {
        let looks = [
            look(50, read: 50, pending: 10), look(50, read: 50, pending: 4), look(60, read: 60, pending: 14),
            // A reader with NOACK, and an entry that became pending by a claim of somebody else's: never less.
            look(70, read: 70, pending: 14), look(70, read: 70, pending: 16),
        ]
        #expect((1...5).map { ledger(Array(looks.prefix($0))).acknowledged } == [0, 6, 6, 16, 16])
    }

    @Test("go on after what cannot be compared")
    func restarted() {
        var ledger = ledger([look(50, read: 50, pending: 3), look(60, read: 60, pending: 5)])
        #expect(ledger.delivered == 10)
        #expect(ledger.acknowledged == 8)
        ledger.restart()
        ledger.settle(look(5, read: 5, pending: 0))
        ledger.settle(look(6, read: 6, pending: 1))
        #expect(ledger.delivered == 11)
        #expect(ledger.acknowledged == 8)
    }
}
