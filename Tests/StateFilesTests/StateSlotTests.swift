import Testing

@testable import StateFiles

@Suite("A document to be written")
struct StateSlotTests {
    private let now = ContinuousClock.now
    private let old = Notes(lines: ["old"])
    private let new = Notes(lines: ["new"])

    private func unwritten(_ slot: StateSlot) -> Notes? { slot.unwritten as? Notes }

    @Test("is not written where it says what its file says")
    func unchanged() {
        var slot = StateSlot(written: old)
        slot.take(old, at: now, isUrgent: true)
        #expect(slot.unwritten == nil)
        #expect(slot.schedule.due == nil)
    }

    @Test("is written as it was offered last, and once")
    func newest() {
        var slot = StateSlot(written: old)
        slot.take(Notes(lines: ["between"]), at: now, isUrgent: false)
        slot.take(new, at: now + .seconds(1), isUrgent: false)
        #expect(unwritten(slot) == new)
        #expect(slot.schedule.due == now)
        slot.succeeded(from: now, to: now)
        slot.take(new, at: now + .seconds(2), isUrgent: false)
        #expect(slot.unwritten == nil)
        #expect(slot.schedule.due == nil)
    }

    @Test("is not written where it is again what it was")
    func reverted() {
        var slot = StateSlot(written: old)
        slot.take(new, at: now, isUrgent: false)
        slot.take(old, at: now, isUrgent: false)
        #expect(slot.unwritten == nil)
        #expect(slot.schedule.due == nil)
    }

    @Test("that waits is urgent once somebody says so")
    func urgent() {
        var slot = StateSlot(written: old)
        slot.take(new, at: now, isUrgent: false)
        slot.succeeded(from: now, to: now + .seconds(1))
        slot.take(old, at: now + .seconds(2), isUrgent: false)
        #expect(slot.schedule.due == now + .seconds(32))
        slot.take(old, at: now + .seconds(3), isUrgent: true)
        #expect(slot.schedule.due == now + .seconds(2))
    }

    @Test("that could not be written is still there, and its file trusted no more")
    func failed() {
        var slot = StateSlot(written: old)
        slot.take(new, at: now, isUrgent: false)
        slot.failed(from: now, to: now)
        #expect(unwritten(slot) == new)
        #expect(slot.schedule.due == now + .seconds(30))
        slot.take(new, at: now + .seconds(5), isUrgent: false)
        #expect(slot.schedule.due == now + .seconds(30))
        slot.take(old, at: now + .seconds(6), isUrgent: false)
        #expect(unwritten(slot) == old)
        #expect(slot.schedule.due == now + .seconds(6))
    }
}
