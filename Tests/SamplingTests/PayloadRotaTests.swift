import StreamModel
import Testing

@testable import Sampling

@Suite("Streams with large entries")
struct PayloadRotaTests {
    private static let counters = StreamCounters(
        radixTreeKeys: 1, radixTreeNodes: 2, groups: 0, lastGeneratedID: .zero, firstEntryID: nil, lastEntryID: nil,
        maxDeletedEntryID: nil, entriesAdded: 1)

    /// So many of them, each of which takes so many bytes.
    private func rota(_ count: Int, of bytes: Int) -> PayloadRota {
        var rota = PayloadRota()
        for number in 0..<count { rota.expect(bytes, of: Name("\(1_000 + number)")) }
        return rota
    }

    /// One poll: who was asked, when each takes `bytes`.
    private func poll(_ rota: inout PayloadRota, bytes: Int) -> [Name] {
        rota.beginPoll()
        var asked: [Name] = []
        while case let names = rota.next(atMost: 64), !names.isEmpty {
            for name in names { rota.ingest(Self.counters, bytes: bytes, of: name) }
            asked += names
        }
        return asked
    }

    @Test("are remembered with the counters of their last reply")
    func counters() {
        var rota = rota(1, of: 100_000)
        let name = Name("1000")
        #expect(rota.contains(name))
        #expect(rota.counters(of: name) == nil)
        #expect(rota.expectedBytes(of: name) == 100_000)
        #expect(poll(&rota, bytes: 90_000) == [name])
        #expect(rota.counters(of: name) == Self.counters)
        #expect(rota.expectedBytes(of: name) == 90_000)
        rota.forget(name)
        #expect(!rota.contains(name))
        #expect(rota.counters(of: name) == nil)
    }

    @Test("are each asked once in 200 polls")
    func rest() {
        var rota = rota(3, of: 20_000)
        let polls = (1...1_001).filter { _ in !poll(&rota, bytes: 20_000).isEmpty }
        #expect(polls == [1, 201, 401, 601, 801, 1001])
    }

    @Test(
        "bring 1 MiB per poll together, whatever their number and size",
        arguments: [(100, 2_000_000), (1_000, 2_000_000), (1_000, 100_000), (100, 50_000_000)])
    func bytes(streams: Int, size: Int) {
        var rota = rota(streams, of: size)
        var brought = 0
        for number in 1...400 {
            let asked = poll(&rota, bytes: size).count
            brought += asked * size
            // What the last reply takes too much is paid back by the polls that follow.
            #expect(brought <= number * PayloadRota.bytesPerPoll + size)
        }
        #expect(brought >= min(400 * PayloadRota.bytesPerPoll, 2 * streams * size) - size)
    }

    @Test("have their turn one after the other, those that were never asked before the others")
    func turns() {
        var rota = rota(1_000, of: 2_000_000)
        var asked: [Name] = []
        for _ in 1...2_000 { asked += poll(&rota, bytes: 2_000_000) }
        #expect(asked.count > 1_000)
        #expect(Set(asked.prefix(1_000)).count == 1_000)
        #expect(Array(asked.dropFirst(1_000)) == Array(asked.prefix(asked.count - 1_000)))
    }

    @Test("save up nothing while nobody is to be asked")
    func noSavings() {
        var rota = PayloadRota()
        for _ in 0..<100 { rota.beginPoll() }
        for number in 0..<100 { rota.expect(2_000_000, of: Name("\(number)")) }
        #expect(rota.next(atMost: 64).count == 1)
        rota.ingest(Self.counters, bytes: 2_000_000, of: Name("0"))
        #expect(rota.next(atMost: 64).isEmpty)
        #expect(!rota.maySpend)
    }

    @Test("cost nothing more where the estimate was wrong and the reply is small")
    func misjudged() {
        var rota = rota(10, of: 2_000_000)
        rota.beginPoll()
        for number in 0..<10 {
            let names = rota.next(atMost: 64)
            #expect(names == [Name("\(1_000 + number)")])
            names.forEach { rota.forget($0) }
        }
        #expect(rota.maySpend)
    }

    @Test("are offered once where the reply to the first offer was an error")
    func refused() {
        var rota = rota(1, of: 20_000)
        rota.beginPoll()
        #expect(rota.next(atMost: 64).count == 1)
        #expect(rota.next(atMost: 64).isEmpty)
        rota.keep([])
        #expect(!rota.contains(Name("1000")))
    }
}
