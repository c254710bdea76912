import Testing

@testable import Sampling

@Suite("weir's share of the server's time")
struct ServerShareTests {
    /// With 100 ms per poll, and a network that takes 1 ms.
    private func share() -> ServerShare {
        var share = ServerShare(perPoll: .milliseconds(100))
        share.charge(.milliseconds(1))
        share.beginPoll(reservingForDiscovery: false)
        share.endPoll()
        return share
    }

    @Test("is charged with what an exchange takes beyond the quickest")
    func charge() {
        var share = share()
        share.beginPoll(reservingForDiscovery: false)
        share.charge(.milliseconds(41))
        #expect(share.left == .milliseconds(60))
        share.charge(.milliseconds(1))
        #expect(share.left == .milliseconds(60))
        share.charge(.milliseconds(61))
        #expect(share.isSpent)
    }

    @Test("is charged with all that an exchange takes which followed another: nobody has waited for the network")
    func follows() {
        var share = share()
        share.beginPoll(reservingForDiscovery: false)
        share.charge(.milliseconds(11))
        share.charge(.microseconds(500), followed: true)
        #expect(share.left == .microseconds(89_500))
        #expect(share.networkTime == .milliseconds(1))
    }

    @Test("is not saved up")
    func noSavings() {
        var share = share()
        for _ in 0..<5 {
            share.beginPoll(reservingForDiscovery: false)
            #expect(share.left == .milliseconds(100))
            share.endPoll()
        }
    }

    @Test("leaves a quarter to discovery while that is under way, and whatever the poll does not take")
    func discovery() {
        var share = share()
        share.beginPoll(reservingForDiscovery: true)
        #expect(share.left == .milliseconds(75))
        share.charge(.milliseconds(16))
        share.endPoll()
        #expect(share.forDiscovery == .milliseconds(85))
        share.beginPoll(reservingForDiscovery: true)
        share.charge(.milliseconds(176))
        share.endPoll()
        #expect(share.forDiscovery == .milliseconds(25))
    }

    @Test("is less for the next poll by what the last one, or discovery, took too much")
    func debt() {
        var share = share()
        share.beginPoll(reservingForDiscovery: false)
        share.charge(.milliseconds(131))
        share.endPoll()
        share.beginPoll(reservingForDiscovery: false)
        #expect(share.left == .milliseconds(70))
        share.endPoll()
        share.charge(.milliseconds(81))
        share.beginPoll(reservingForDiscovery: false)
        #expect(share.left == .milliseconds(90))
        share.charge(.milliseconds(151))
        // The poll failed.
        share.beginPoll(reservingForDiscovery: true)
        #expect(share.left == .milliseconds(15))
    }

    @Test("forgets what one slow reply took beyond two polls")
    func boundedDebt() {
        var share = share()
        share.beginPoll(reservingForDiscovery: false)
        share.charge(.seconds(60))
        for left in [0, 0, 100] {
            share.endPoll()
            share.beginPoll(reservingForDiscovery: false)
            #expect(share.left == .milliseconds(left))
        }
    }

    @Test("holds in the long run, when each poll takes a batch more than it may")
    func longRun() {
        var share = share()
        var spent = Duration.zero
        for _ in 0..<100 {
            share.beginPoll(reservingForDiscovery: true)
            repeat {
                share.charge(.milliseconds(31))
                spent += .milliseconds(30)
            } while !share.isSpent
            share.endPoll()
            let allowed = share.forDiscovery
            share.charge(allowed + .milliseconds(1))
            spent += allowed
        }
        #expect(spent <= .milliseconds(100 * 100 + 60))
        #expect(spent >= .milliseconds(95 * 100))
    }
}
