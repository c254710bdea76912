import Testing

@testable import HTTPServer

@Suite("A fair queue")
struct FairQueueTests {
    private let greedy: [UInt8] = [1]
    private let modest: [UInt8] = [2]
    private let other: [UInt8] = [3]

    @Test("serves owners in turn, each in its own order")
    func turns() {
        var queue = FairQueue<Int>(limit: 10)
        for (element, owner) in [(1, greedy), (2, greedy), (3, greedy), (10, modest), (11, modest), (20, other)] {
            guard case .taken = queue.push(element, of: owner) else {
                Issue.record("\(element) was not taken")
                continue
            }
        }
        var served: [Int] = []
        while let element = queue.pop() { served.append(element) }
        #expect(served == [1, 10, 20, 2, 11, 3])
    }

    @Test("takes places from who has most, and from nobody who has no more than whoever comes")
    func full() {
        var queue = FairQueue<Int>(limit: 4)
        for element in 1...4 { _ = queue.push(element, of: greedy) }
        var displaced: [Int?] = []
        for (element, owner) in [(5, greedy), (10, modest), (11, modest), (12, modest), (20, other), (21, other)] {
            switch queue.push(element, of: owner) {
            case .taken: displaced.append(0)
            case .takenInPlace(let element): displaced.append(element)
            case .refused: displaced.append(nil)
            }
        }
        #expect(displaced == [nil, 4, 3, nil, 2, nil])
        let waiting = queue.removeAll()
        #expect(waiting.sorted() == [1, 10, 11, 20])
        let next = queue.pop()
        #expect(next == nil)
    }
}
