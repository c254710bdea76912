import StreamModel
import Testing

@testable import StreamHealth

/// Looks every 200 ms, a window of a second, stale after two.
@Suite("Consumers beside one that claims from dead ones")
struct ClaimedGroupTests {
    @Test("A slow consumer is at work at every look, while entries below and above its own are claimed all the time")
    func slow() {
        var group = HandedGroup()
        group.read(200, by: "dead")
        group.read(20, by: "slow")
        group.read(200, by: "dead")
        group.look()
        var looks = 0
        while group.milliseconds < 20_000 {
            group.pass(50)
            if group.milliseconds % 250 == 0 {
                group.acknowledge(1, by: "slow")
                if group.ids(of: "slow").isEmpty { group.read(20, by: "slow") }
            }
            guard group.milliseconds % 200 == 0 else { continue }
            let left = group.ids(of: "dead")
            group.claim(left.prefix(2) + left.suffix(1), by: "claimer")
            if group.milliseconds % 600 == 0 { group.acknowledge(3, by: "claimer") }
            group.look()
            guard group.milliseconds >= 400 else { continue }
            looks += 1
            #expect(group.consumer("slow")?.isAtWork == true, "after \(group.milliseconds) ms")
            #expect(group.consumer("slow")?.status != .stuck)
        }
        #expect(looks == 99)
    }

    @Test("One whose head is claimed gets nothing done, also where the claimer holds no more than before")
    func claimedHead() {
        var group = HandedGroup()
        group.read(20, by: "dead")
        group.look()
        for _ in 0..<15 {
            group.pass(200)
            group.acknowledge(1, by: "claimer")
            group.claim(Array(group.ids(of: "dead").prefix(1)), by: "claimer")
            group.look()
            #expect(group.consumer("dead")?.isAtWork == false)
        }
    }

    @Test("One whose batch is claimed gets nothing done, while the claimer still holds some of it")
    func claimedBatch() {
        var group = HandedGroup()
        group.read(60, by: "dead")
        group.look()
        for _ in 0..<9 {
            group.pass(200)
            group.acknowledge(.max, by: "claimer")
            group.claim(Array(group.ids(of: "dead").prefix(5)), by: "claimer")
            group.acknowledge(2, by: "claimer")
            group.look()
            #expect(group.consumer("dead")?.isAtWork == false)
        }
    }
}
