import StreamModel
import Testing

@testable import StreamHealth

/// Looks every 5 s, a window of a minute, stale after 5 minutes.
@Suite("What remediation takes away")
struct RelievedGroupTests {
    /// A group with a busy consumer `w`, and a weir that looks at it.
    private struct Scene {
        var group = RelievedGroup()
        var weir: Target

        init(remediatedAfter seconds: Int64?) {
            weir = .remediated(after: seconds)
        }

        /// Looks again and again until then; `change` comes before each look.
        mutating func look(until second: Int64, _ change: (inout RelievedGroup) -> Void = { _ in }) {
            while group.second < second {
                group.pass(seconds: 5)
                group.work("w")
                change(&group)
                group.show(to: &weir)
            }
        }

        func consumer(_ name: String) -> ConsumerStanding? {
            weir.seen(at: group.second)?.consumer(Name(name))
        }

        func status(_ name: String) -> ConsumerStatus? { consumer(name)?.status }
        var p99Seconds: Double { weir.seen(at: group.second)?.hold?.p99Seconds ?? .nan }
    }

    /// One of whose consumers has died with 250 entries, and is stale.
    private func stale(remediatedAfter seconds: Int64?) -> Scene {
        var scene = Scene(remediatedAfter: seconds)
        scene.group.read(250, by: "d")
        scene.look(until: 400)
        #expect(scene.status("d") == .stale)
        #expect(scene.status("w") == .active)
        return scene
    }

    @Test("is not what a stale consumer has got done: it is stale while it holds what is overdue, batch after batch")
    func batches() {
        var scene = stale(remediatedAfter: 400)
        let before = scene.p99Seconds
        #expect(abs(before - 3) < 0.5)
        for left in [150, 50] {
            scene.group.move(100, heldFor: 400)
            scene.look(until: scene.group.second + 5)
            #expect(scene.group.pending("d") == left)
            #expect(scene.status("d") == .stale)
            #expect(scene.consumer("d")?.isAtWork == false)
        }
        scene.group.move(100, heldFor: 400)
        scene.look(until: scene.group.second + 5)
        #expect(scene.status("d") == .idle)
        #expect(abs(scene.p99Seconds - before) < 0.3)
        scene.look(until: 600)
        #expect(abs(scene.p99Seconds - before) < 0.3)
    }

    @Test("looks like work where no policy moves anything")
    func withoutPolicy() {
        var scene = stale(remediatedAfter: nil)
        scene.group.move(100, heldFor: 400)
        scene.look(until: scene.group.second + 5)
        #expect(scene.status("d") == .busy)
        #expect(scene.consumer("d")?.isAtWork == true)
        #expect(scene.p99Seconds > 100)
    }

    @Test("leaves what is not old enough: the consumer is stale again once that is overdue")
    func youngerEntries() {
        var scene = Scene(remediatedAfter: 310)
        scene.group.read(20, by: "d")
        scene.look(until: 200)
        scene.group.read(5, by: "d")
        scene.look(until: 505) { if $0.second > 310 { $0.move(10, heldFor: 310) } }
        #expect(scene.group.pending("d") == 5)
        #expect(scene.status("d") == .stale)
        scene = Scene(remediatedAfter: 310)
        scene.group.read(20, by: "d")
        scene.look(until: 200)
        scene.group.read(5, by: "d")
        scene.look(until: 500) { if $0.second > 310 { $0.move(10, heldFor: 310) } }
        #expect(scene.status("d") == .active)
        #expect(scene.consumer("d")?.isAtWork == false)
    }

    @Test("is not what a stuck consumer has got done: it is stuck while any of what it has forgotten is there")
    func stuck() {
        for isRemediated in [true, false] {
            var scene = Scene(remediatedAfter: isRemediated ? 320 : nil)
            scene.group.read(20, by: "f")
            let work: (inout RelievedGroup) -> Void = { $0.work("f", since: 1) }
            scene.look(until: 320, work)
            #expect(scene.status("f") == .stuck)
            for left in [12, 4] {
                scene.group.move(8, heldFor: 320)
                scene.look(until: scene.group.second + 5, work)
                #expect(scene.group.pending("f") == left + 3)
                #expect(scene.status("f") == (isRemediated ? .stuck : .busy))
            }
            scene.group.move(8, heldFor: 320)
            scene.look(until: scene.group.second + 5, work)
            #expect(scene.status("f") == .active)
            // From then on its work is its own again.
            scene.look(until: scene.group.second + 10, work)
            #expect(scene.consumer("f")?.isAtWork == true)
            if isRemediated { #expect(scene.p99Seconds < 4) }
        }
    }

    @Test("holds no batch off where the policy waits for less than it takes to be stale")
    func beforeStale() {
        for isRemediated in [true, false] {
            var scene = Scene(remediatedAfter: isRemediated ? 100 : nil)
            scene.group.read(250, by: "d")
            scene.look(until: 150)
            #expect(scene.status("d") == .active)
            for _ in 0..<2 {
                scene.group.move(100, heldFor: 100)
                scene.look(until: scene.group.second + 5)
                #expect(scene.status("d") == (isRemediated ? .active : .busy))
                #expect(scene.consumer("d")?.isAtWork == !isRemediated)
            }
            scene.group.move(100, heldFor: 100)
            scene.look(until: scene.group.second + 5)
            #expect(scene.status("d") == .idle)
            #expect((scene.p99Seconds < 4) == isRemediated)
        }
    }

    @Test("does not keep one that has come back from being at work: it reads what it holds again, and gets it done")
    func recovered() {
        var scene = stale(remediatedAfter: 400)
        scene.group.move(100, heldFor: 400)
        scene.look(until: scene.group.second + 5)
        scene.group.reread(by: "d")
        scene.look(until: scene.group.second + 5)
        #expect(scene.status("d") == .active)
        // A long batch: it is not seen until all of it is done.
        scene.look(until: scene.group.second + 200) { $0.acknowledge(1, by: "d") }
        #expect(scene.status("d") == .busy)
        #expect(scene.consumer("d")?.isAtWork == true)
        // Also once the rest of it is old enough to be taken from one that is not at work.
        scene.look(until: scene.group.second + 300) { $0.acknowledge(1, by: "d") }
        #expect(scene.status("d") == .busy)
    }

    @Test("and what one that reads all of it again in parts gets done is its own")
    func recoveredInParts() {
        var scene = stale(remediatedAfter: 400)
        scene.group.reread(by: "d")
        scene.look(until: scene.group.second + 5) { $0.acknowledge(10, by: "d") }
        scene.look(until: scene.group.second + 5) { $0.acknowledge(10, by: "d") }
        #expect(scene.consumer("d")?.isAtWork == true)
    }

    @Test("does not keep one that has paused from being at work, however short the policy waits")
    func paused() {
        var scene = Scene(remediatedAfter: 1)
        scene.look(until: 120) { $0.work("p") }
        #expect(scene.consumer("p")?.isAtWork == true)
        scene.look(until: 220)
        #expect(scene.consumer("p")?.isAtWork == false)
        scene.look(until: 230) { $0.work("p") }
        #expect(scene.consumer("p")?.isAtWork == true)
    }

    @Test("looks the same to another weir beside it, which sees several batches as one")
    func secondWeir() {
        var group = RelievedGroup()
        var weir = Target.remediated(after: 400)
        group.read(250, by: "d")
        while group.second < 600 {
            group.pass(seconds: 5)
            group.work("w")
            if group.second >= 400, group.pending("d") > 30 { group.move(20, heldFor: 400) }
            guard group.second % 15 == 10 else { continue }
            group.show(to: &weir)
            guard group.second > 370 else { continue }
            let seen = weir.seen(at: group.second)
            #expect(seen?.consumer(Name("d"))?.status == .stale)
            #expect(seen?.hold.map { abs($0.p99Seconds - 3) < 0.5 } == true)
        }
        #expect(group.pending("d") == 30)
    }

    @Test("is not counted as held for long by a weir that was started while another moves it")
    func restarted() throws {
        for isRemediated in [true, false] {
            var scene = stale(remediatedAfter: isRemediated ? 400 : nil)
            let memory = try scene.weir.state.memory.throughFile()
            scene.weir.state = TargetState(scene.weir.state.configuration, memory: memory)
            scene.look(until: 440)
            for _ in 0..<2 {
                scene.group.move(100, heldFor: 400)
                scene.look(until: scene.group.second + 5)
                // It has not seen for a window that nothing was done: neither an alarm nor a batch is founded.
                #expect(scene.status("d") == .busy)
                #expect((scene.p99Seconds < 4) == isRemediated)
            }
        }
    }

    @Test("hides no consumers that are as slow as that: the policy has to be refused for as long as they are")
    func slowConsumers() {
        var weirs = [Target.remediated(after: 400), .remediated(after: nil)]
        var group = RelievedGroup()
        while group.second < 3_600 {
            group.pass(seconds: 5)
            // Thirty of them hold one entry each for ten minutes.
            if group.second % 20 == 0 {
                let consumer = "c\(group.second / 20 % 30)"
                group.acknowledge(by: consumer)
                group.read(1, by: consumer)
            }
            for index in weirs.indices { group.show(to: &weirs[index]) }
        }
        let holds = weirs.map { $0.seen(at: 3_600)?.hold }
        #expect(holds[0] == holds[1])
        #expect(holds[0].map { abs($0.p99Seconds - 600) < 60 } == true)
    }
}

extension Target {
    /// One that knows of a policy which moves what was held for so long in any group; nil: of none.
    fileprivate static func remediated(after seconds: Int64?) -> Target {
        var target = Target()
        target.state.configuration.health.remediated =
            seconds.map { seconds in
                [RemediatedGroups(stream: Glob("*"), group: Glob("*"), minIdleMilliseconds: seconds * 1_000)]
            } ?? []
        return target
    }
}
