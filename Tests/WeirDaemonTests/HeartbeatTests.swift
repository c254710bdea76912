import Delivery
import StreamModel
import Testing

@testable import WeirDaemon

@Suite("The heartbeat")
struct HeartbeatTests {
    private let heartbeat = Heartbeat(every: .seconds(60), pollInterval: .seconds(5))
    private let began = Timestamp(milliseconds: 1_000_000)

    private func at(_ seconds: Int64) -> Timestamp { began.advanced(byMilliseconds: seconds * 1000) }

    private func channel(waitingSince time: Timestamp?) -> [String: DeliveryTally.Channel] {
        var channel = DeliveryTally.Channel()
        channel.waitingSince = time
        return ["ops": channel]
    }

    @Test("is sent while every target has been polled lately, and for a while after the start")
    func polls() {
        let fault = { (last: Timestamp?, now: Int64) in
            heartbeat.fault(
                targets: [("a", at(now)), ("b", last)], channels: [:], since: began, at: at(now))
        }
        #expect(fault(nil, 180) == nil)
        #expect(fault(nil, 181) == "the target b has not been polled lately")
        #expect(fault(at(100), 280) == nil)
        #expect(fault(at(100), 281) == "the target b has not been polled lately")
    }

    @Test("is withheld while a notification does not get through, but not for what an earlier weir has left")
    func deliveries() {
        let fault = { (since: Timestamp?, now: Int64) in
            heartbeat.fault(
                targets: [("a", at(now))], channels: channel(waitingSince: since), since: began, at: at(now))
        }
        #expect(fault(nil, 10_000) == nil)
        #expect(fault(at(1_000), 1_180) == nil)
        #expect(fault(at(1_000), 1_181) == "notifications to the channel ops do not get through")
        #expect(fault(at(-100_000), 180) == nil)
        #expect(fault(at(-100_000), 181) != nil)
    }

    @Test("is withheld while a channel refuses what it is sent")
    func refusals() {
        var channel = DeliveryTally.Channel()
        channel.isRefusing = true
        let fault = heartbeat.fault(targets: [("a", at(0))], channels: ["ops": channel], since: began, at: at(0))
        #expect(fault == "notifications to the channel ops are refused, or given up")
    }

    @Test("gives polls and deliveries at least as long as the longest wait for another attempt at one")
    func grace() {
        #expect(Heartbeat(every: .seconds(1), pollInterval: .milliseconds(100)).graceMilliseconds == 20_000)
        #expect(Heartbeat(every: .seconds(1), pollInterval: .seconds(60)).graceMilliseconds == 180_000)
    }
}
