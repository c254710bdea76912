import Testing

@testable import Sampling

@Suite("weir's share of the server's time")
struct ServerShareTests {
    /// With 100 ms per poll, and a network that takes 1 ms.
    private func share() -> ServerShare {
        var share = ServerShare(perPoll: .milliseconds(100))
        share.charge(.milliseconds(1))
        share.beginPoll()
        return share
    }

    @Test("is charged with what an exchange takes beyond the quickest")
    func charge() {
        var share = share()
        share.beginPoll()
        #expect(share.charge(.milliseconds(41)) == .milliseconds(40))
        #expect(share.left == .milliseconds(60))
        #expect(share.charge(.milliseconds(1)) == .zero)
        #expect(!share.isSpent)
        share.charge(.milliseconds(61))
        #expect(share.isSpent)
    }

    @Test("is not saved up")
    func noSavings() {
        var share = share()
        for _ in 0..<5 {
            share.beginPoll()
            #expect(share.left == .milliseconds(100))
        }
    }

    @Test("is less for the next poll by what the last one took too much")
    func debt() {
        var share = share()
        share.beginPoll()
        share.charge(.milliseconds(131))
        share.beginPoll()
        #expect(share.left == .milliseconds(70))
    }

    @Test("forgets what one slow reply took beyond two polls")
    func boundedDebt() {
        var share = share()
        share.beginPoll()
        share.charge(.seconds(60))
        for left in [0, 0, 100] {
            share.beginPoll()
            #expect(share.left == .milliseconds(left))
        }
    }

    @Test("holds in the long run, when each poll takes a batch more than it may")
    func longRun() {
        var share = share()
        var spent = Duration.zero
        for _ in 0..<100 {
            share.beginPoll()
            repeat { spent += share.charge(.milliseconds(31)) } while !share.isSpent
        }
        #expect(spent <= .milliseconds(100 * 100 + 60))
        #expect(spent >= .milliseconds(95 * 100))
    }
}
