import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("Finding more streams than are allowed")
struct DiscoveryLimitTests {
    @Test("watches as many as are allowed, and counts the rest")
    func overflow() {
        var discovery = Discovery("*", limit: 2)
        discovery.begin()
        discovery.ingest([.page("3", "a", "b", "c")])
        #expect(discovery.watched == Set(names: "a", "b"))
        #expect(discovery.notSampled == 1)
        discovery.ingest([.page("0", "d")])
        #expect(discovery.watched == Set(names: "a", "b"))
        #expect(discovery.notSampled == 2)
    }

    @Test("counts a key once although SCAN may return it twice")
    func twice() {
        var discovery = Discovery("*", limit: 2)
        discovery.pass(.page("3", "a", "b", "c"), .page("4", "a", "c"), .page("0", "c", "b"))
        #expect(discovery.watched == Set(names: "a", "b"))
        #expect(discovery.notSampled == 1)
    }

    @Test("counts anew with each pass")
    func countsAnew() {
        var discovery = Discovery("*", limit: 2)
        discovery.pass(.page("0", "a", "b", "c", "d"))
        #expect(discovery.notSampled == 2)
        discovery.begin()
        discovery.ingest([.page("3", "a", "b")])
        // Not before the pass is over: it may yet find them.
        #expect(discovery.notSampled == 2)
        discovery.ingest([.page("0", "e")])
        #expect(discovery.notSampled == 1)
        discovery.pass(.page("0", "a", "b"))
        #expect(discovery.notSampled == 0)
    }

    @Test("keeps those that it has, and takes others when there is room")
    func room() {
        var discovery = Discovery("*", limit: 2)
        discovery.pass(.page("0", "b", "c"))
        discovery.pass(.page("0", "a", "b", "c"))
        #expect(discovery.watched == Set(names: "b", "c"))
        discovery.forget(Name("b"))
        discovery.pass(.page("0", "a", "c"))
        #expect(discovery.watched == Set(names: "a", "c"))
        #expect(discovery.notSampled == 0)
    }

    @Test("takes the streams that are named first, and counts those that are too many")
    func exactNames() {
        let discovery = Discovery("c", "a", "b", limit: 2)
        #expect(discovery.watched == Set(names: "c", "a"))
        #expect(discovery.notSampled == 1)
    }

    @Test("counts a name that is given twice once")
    func namedTwice() {
        let discovery = Discovery("a", "a", "b", limit: 2)
        #expect(discovery.watched == Set(names: "a", "b"))
        #expect(discovery.notSampled == 0)
    }

    @Test("does not lose count of names beyond the limit in a pass that does not list them")
    func namedBeyondTheLimit() {
        var discovery = Discovery("a", "b", "x*", limit: 1)
        #expect(discovery.notSampled == 1)
        discovery.pass(.page("0", "x1"))
        #expect(discovery.watched == Set(names: "a"))
        #expect(discovery.notSampled == 2)
        // With two patterns all keys are listed, and it counts once all the same.
        var listing = Discovery("a", "b", "x*", "y*", limit: 1)
        listing.pass(.page("0", "b", "x1"))
        #expect(listing.notSampled == 2)
    }

    @Test("names those that are too many, a hundred at the most")
    func names() {
        var discovery = Discovery("*", limit: 2)
        discovery.begin()
        discovery.ingest([.page("3", "a", "b", "d", "c")])
        #expect(discovery.namesNotSampled == [Name("c"), Name("d")])
        discovery.ingest([.page("0", "e")])
        #expect(discovery.namesNotSampled == [Name("c"), Name("d"), Name("e")])
        discovery.pass(.page("0", "a", "b", "x"))
        #expect(discovery.namesNotSampled == [Name("x")])
        discovery.pass(.failure("ERR no"))
        #expect(discovery.namesNotSampled == [Name("x")])
        #expect(discovery.notSampled == 1)
        discovery.pass(.array([.text("0"), .array((0..<1_000).map { .text("k\($0)") })]))
        #expect(discovery.namesNotSampled.count == 100)
        #expect(discovery.notSampled == 1_000)
    }
}
