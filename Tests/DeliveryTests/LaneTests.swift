import Alerting
import StreamModel
import TestSupport
import Testing

@testable import Delivery

@Suite("A lane")
struct LaneTests {
    private var lane = Lane()
    private var random = SplitMix64(seed: 1)
    private let later = DeliveryResult.later(reason: "503", retryAfter: nil)

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// `dropping`: how many have to be given up for it; nil: at least one.
    private mutating func enqueue(
        _ sequence: UInt64, about incidents: [UInt64], text: String = "", dropping expected: Int? = 0
    ) throws {
        let notification = Notices.notification("n\(sequence)", about: incidents, text: text)
        let dropped = lane.enqueue(try #require(QueuedNotification(notification, sequence: sequence))).count
        #expect(expected.map { $0 == dropped } ?? (dropped > 0))
    }

    private mutating func finish(_ sequence: UInt64, _ result: DeliveryResult, at time: Int64) -> Lane.Consequence {
        lane.finished(sequence, result, at: at(time), using: &random)
    }

    @Test("sends one at a time, in order, what has been written down")
    mutating func order() throws {
        for sequence in UInt64(0)..<3 { try enqueue(sequence, about: [sequence], dropping: 0) }
        #expect(lane.next(at: at(0), below: 0) == nil)
        #expect(lane.next(at: at(0), below: 2)?.sequence == 0)
        #expect(lane.next(at: at(0), below: 2) == nil)
        #expect(finish(0, .delivered, at: 0) == .delivered)
        #expect(lane.next(at: at(0), below: 2)?.sequence == 1)
        #expect(finish(1, .delivered, at: 0) == .delivered)
        #expect(lane.next(at: at(0), below: 2) == nil)
        #expect(lane.waiting.map(\.sequence) == [2])
    }

    @Test("lets nothing overtake what came before of the same incident, and holds up no other")
    mutating func incidents() throws {
        try enqueue(0, about: [7, 8])
        try enqueue(1, about: [8])
        try enqueue(2, about: [9])
        #expect(lane.next(at: at(0), below: 9)?.sequence == 0)
        #expect(finish(0, later, at: 0) == .retrying(reason: "503", isNews: true))
        #expect(lane.next(at: at(0), below: 9)?.sequence == 2)
        #expect(finish(2, .delivered, at: 0) == .delivered)
        #expect(lane.next(at: at(0), below: 9) == nil)
        let wake = try #require(lane.wake)
        #expect(wake >= at(250) && wake <= at(500))
        #expect(lane.next(at: wake, below: 9)?.sequence == 0)
        #expect(finish(0, .delivered, at: 500) == .delivered)
        #expect(lane.next(at: wake, below: 9)?.sequence == 1)
    }

    @Test("waits longer with each failure, and after five tries one at a time, at most fifteen seconds apart")
    mutating func breaker() throws {
        for sequence in UInt64(0)..<20 { try enqueue(sequence, about: [sequence]) }
        var (now, waits): (Int64, [Int64]) = (0, [])
        for failure in 1...40 {
            let before = now
            while lane.next(at: at(now), below: 99) == nil { now = try #require(lane.wake).milliseconds }
            waits.append(now - before)
            let sequence = try #require(lane.underWay)
            let isNews = failure == 1 || failure == 5
            #expect(finish(sequence, later, at: now) == .retrying(reason: "503", isNews: isNews))
        }
        #expect(waits.prefix(5) == [0, 0, 0, 0, 0])
        #expect(waits.dropFirst(5).allSatisfy { $0 >= 4000 && $0 <= 15_000 })
        #expect(lane.isBroken)
        now += 15_000
        let next = lane.next(at: at(now), below: 99)
        let probe = try #require(next)
        #expect(finish(probe.sequence, .delivered, at: now) == .delivered)
        var delivered = 1
        while let next = lane.next(at: at(now), below: 99) {
            #expect(finish(next.sequence, .delivered, at: now) == .delivered)
            delivered += 1
        }
        #expect(delivered == 20 && lane.waiting.isEmpty && lane.wake == nil)
    }

    @Test("leaves the receiver alone for as long as it asks")
    mutating func retryAfter() throws {
        try enqueue(0, about: [1])
        try enqueue(1, about: [2])
        _ = lane.next(at: at(0), below: 9)
        _ = finish(0, .later(reason: "429", retryAfter: .seconds(120)), at: 0)
        #expect(lane.next(at: at(119_999), below: 9) == nil)
        #expect(lane.wake == at(120_000))
        #expect(lane.next(at: at(120_000), below: 9)?.sequence == 0)
    }

    @Test("gives up what is refused, and everything for a receiver that wants no more")
    mutating func refusals() throws {
        for sequence in UInt64(0)..<3 { try enqueue(sequence, about: [1]) }
        _ = lane.next(at: at(0), below: 9)
        #expect(finish(0, .rejected(reason: "400"), at: 0) == .rejected(reason: "400"))
        #expect(lane.next(at: at(0), below: 9)?.sequence == 1)
        let waiting = lane.waiting
        #expect(waiting.count == 2)
        #expect(finish(1, .stopped(reason: "410"), at: 0) == .stopped(reason: "410", dropped: waiting))
        try enqueue(4, about: [1], dropping: 1)
        #expect(lane.next(at: at(99_999), below: 9) == nil && lane.wake == nil && lane.stopped == "410")
    }

    @Test("keeps the newest where too much waits, and what is under way")
    mutating func bounds() throws {
        for sequence in UInt64(0)..<UInt64(Lane.limit) { try enqueue(sequence, about: [sequence], dropping: 0) }
        _ = lane.next(at: at(0), below: .max)
        try enqueue(UInt64(Lane.limit), about: [1], dropping: 1)
        #expect(lane.waiting.count == Lane.limit && lane.waiting.prefix(2).map(\.sequence) == [0, 2])
        let large = String(repeating: "x", count: Lane.limitBytes / 2)
        try enqueue(99_998, about: [1], text: large, dropping: nil)
        try enqueue(99_999, about: [1], text: large, dropping: nil)
        #expect(lane.waiting.map(\.sequence).last == 99_999)
    }

    @Test("says how things stand only when nothing else waits, once, and never after something newer")
    mutating func refresh() throws {
        let state = try #require(QueuedNotification(Notices.notification("state"), sequence: 50))
        lane.refresh([state])
        #expect(lane.next(at: at(0), below: 9)?.sequence == 50)
        #expect(finish(50, later, at: 0) == .retrying(reason: "503", isNews: true))
        #expect(lane.next(at: at(0), below: 9) == nil && lane.wake == nil)
        lane.refresh([state])
        try enqueue(0, about: [1])
        #expect(lane.next(at: at(0), below: 9)?.sequence == 0)
        _ = finish(0, .delivered, at: 0)
        #expect(lane.next(at: at(0), below: 9) == nil && lane.wake == nil)
    }

    @Test("whose receiver has been replaced begins anew with what waits")
    mutating func renewed() throws {
        try enqueue(0, about: [1])
        _ = lane.next(at: at(0), below: 9)
        _ = finish(0, .later(reason: "429", retryAfter: .seconds(3600)), at: 0)
        lane.renew()
        #expect(lane.next(at: at(1), below: 9)?.sequence == 0)
        lane.renew()
        #expect(lane.next(at: at(2), below: 9)?.sequence == 0)
    }

    @Test("delivers everything in order per incident whatever fails in between", arguments: UInt64(1)...30)
    mutating func property(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        var (now, next): (Int64, UInt64) = (0, 0)
        var delivered: [UInt64: [UInt64]] = [:]
        var expected: [UInt64: [UInt64]] = [:]
        for _ in 0..<3000 {
            now += Int64.random(in: 0...400, using: &random)
            if next < 300, Int.random(in: 0..<3, using: &random) == 0 {
                let about = Set(
                    (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        UInt64.random(in: 1...6, using: &random)
                    })
                try enqueue(next, about: about.sorted())
                about.forEach { expected[$0, default: []].append(next) }
                next += 1
            }
            guard let sent = lane.next(at: at(now), below: .max) else { continue }
            let result = Int.random(in: 0..<3, using: &random) == 0 ? DeliveryResult.delivered : later
            _ = finish(sent.sequence, result, at: now)
            if result == .delivered { sent.incidents.forEach { delivered[$0, default: []].append(sent.sequence) } }
        }
        while !lane.waiting.isEmpty {
            guard let sent = lane.next(at: at(now), below: .max) else {
                now = try #require(lane.wake).milliseconds
                continue
            }
            _ = finish(sent.sequence, .delivered, at: now)
            sent.incidents.forEach { delivered[$0, default: []].append(sent.sequence) }
        }
        #expect(delivered == expected)
    }
}
