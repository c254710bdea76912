import StreamModel
import Testing

@testable import StreamHealth

@Suite("What this weir itself has taken")
struct TakenEntriesTests {
    @Test("is counted by who held it; what nobody knows of may be anybody's")
    func counted() {
        var taken = TakenEntries()
        #expect(taken.isEmpty)
        taken.add([
            TakenEntry(id: entryID(1), consumer: Name("a")), TakenEntry(id: entryID(2), consumer: Name("a")),
            TakenEntry(id: entryID(3), consumer: Name("b")),
        ])
        #expect(["a", "b", "c"].map { taken.count(from: Name($0)) } == [2, 1, 0])
        taken.add([TakenEntry(id: entryID(4), consumer: nil)])
        #expect(["a", "b", "c"].map { taken.count(from: Name($0)) } == [3, 2, 1])
        #expect(!taken.isEmpty)
    }

    @Test(
        "of a healthy worker that leaves some entries pending makes no hold longer than they were spared, nor is its work",
        arguments: [Int64(1_000), 250], [true, false])
    func forgetfulWorker(between: Int64, saysWhose: Bool) throws {
        var group = HandedGroup(remediatedAfter: 1_500)
        while group.milliseconds < 120_000 {
            group.pass(between)
            // Of 80 entries a second 4 stay pending; the others are done before any look.
            for _ in 0..<between / 250 { group.read(1, by: "w", done: 19) }
            group.look()
            let standing = try #require(group.standing)
            if let hold = standing.hold { #expect(hold.p99Seconds <= 1.5, "after \(group.milliseconds) ms") }
            let worker = try #require(standing.consumer(Name("w")))
            #expect(worker.status != .busy)
            #expect(!worker.isAtWork, "after \(group.milliseconds) ms")
            // Every entry is moved 1.5 to 3 s after its delivery.
            if group.milliseconds % 1_000 == 0 { group.move(heldFor: 1_500, saysWhose: saysWhose) }
        }
        #expect(group.entries.count < 20)
    }

    @Test("of a worker that also holds entries for a while leaves what it is seen to get done")
    func productiveWorker() throws {
        var group = HandedGroup(remediatedAfter: 1_500)
        var wasAtWork = false
        while group.milliseconds < 120_000 {
            group.pass(250)
            // One of 20 is forgotten, the others are held for a quarter of a second.
            group.acknowledge(group.ids(of: "w").filter { $0 % 20 != 0 })
            group.read(1, by: "w")
            group.look()
            wasAtWork = wasAtWork || group.consumer("w")?.isAtWork == true
            if group.milliseconds % 1_000 == 0 { group.move(heldFor: 1_500) }
            if let hold = group.standing?.hold { #expect(hold.p99Seconds <= 1.5) }
        }
        #expect(wasAtWork)
        #expect(group.standing?.hold != nil)
    }

    @Test(
        "is not what a dead consumer gets done, also where a rescuer is as quick: it is stale while any of it is overdue"
    )
    func rescued() {
        var group = RelievedGroup()
        var weir = Target()
        group.read(650, by: "d")
        func pass() {
            group.pass(seconds: 1)
            group.read(0, by: "rescuer")
            group.show(to: &weir)
        }
        while group.second < 400 { pass() }
        while group.pending("d") > 0 {
            #expect(weir.seen(at: group.second)?.consumer(Name("d"))?.status == .stale)
            #expect(weir.seen(at: group.second)?.consumer(Name("d"))?.isAtWork == false)
            if group.second % 2 == 0 {
                weir.state.note(taken: group.move(100, heldFor: 300), of: Name("g"), in: Name("s"))
            }
            pass()
        }
        #expect(weir.seen(at: group.second)?.consumer(Name("d"))?.status == .idle)
        #expect(weir.seen(at: group.second)?.hold == nil)
    }

    @Test("is told from what a consumer has got done beside it", arguments: [true, false])
    func besideWork(saysWhose: Bool) {
        var group = HandedGroup()
        group.read(20, by: "c")
        group.look()
        group.pass(3_000)
        group.look()
        group.move(heldFor: 0, atMost: 5, saysWhose: saysWhose)
        group.pass(200)
        group.look()
        #expect(group.consumer("c")?.isAtWork == false)
        group.move(heldFor: 0, atMost: 5, saysWhose: saysWhose)
        group.acknowledge(1, by: "c")
        group.pass(200)
        group.look()
        #expect(group.consumer("c")?.isAtWork == true)
    }

    @Test("is still known when a sweep of several pages comes to the consumer's next entry")
    func severalPages() {
        var group = HandedGroup()
        group.read(2, by: "c")
        group.read(10, by: "d")
        group.read(2, by: "c")
        for _ in 0..<2 {
            group.pass(3_000)
            group.read(0, by: "c")
            group.look()
        }
        group.pageRows = 4
        group.move(heldFor: 0, atMost: 2)
        for _ in 0..<9 {
            group.pass(200)
            group.read(0, by: "c")
            group.look()
            #expect(group.consumer("c")?.isAtWork == false)
        }
        group.acknowledge(1, by: "c")
        for _ in 0..<4 {
            group.pass(200)
            group.read(0, by: "c")
            group.look()
        }
        #expect(group.consumer("c")?.isAtWork == true)
    }
}
