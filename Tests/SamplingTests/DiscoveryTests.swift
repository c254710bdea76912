import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("Finding streams")
struct DiscoveryTests {
    @Test("needs no scan where all are named exactly")
    func exactNames() {
        var discovery = Discovery("orders", "billing")
        #expect(discovery.hasFinishedOnce)
        #expect(discovery.watched == Set(names: "orders", "billing"))
        discovery.begin()
        #expect(!discovery.isUnderWay)
        #expect(discovery.next.isEmpty)
        discovery.ingest([.page("0", "other")])
        #expect(discovery.watched == Set(names: "orders", "billing"))
    }

    @Test("lets the server match where there is one pattern, beside exact names too")
    func onePattern() {
        var discovery = Discovery("orders", "billing:*")
        #expect(!discovery.hasFinishedOnce)
        #expect(discovery.next.isEmpty)
        discovery.begin()
        #expect(discovery.next == ["SCAN 0 MATCH billing:* COUNT 100 TYPE stream"])
        discovery.ingest([.page("17", "billing:eu")])
        #expect(discovery.next == ["SCAN 17 MATCH billing:* COUNT 100 TYPE stream"])
        // New streams are watched as soon as they are seen.
        #expect(discovery.watched == Set(names: "orders", "billing:eu"))
        #expect(!discovery.hasFinishedOnce)
        discovery.ingest([.page("0", "billing:us")])
        #expect(discovery.watched == Set(names: "orders", "billing:eu", "billing:us"))
        #expect(discovery.hasFinishedOnce)
        #expect(!discovery.isUnderWay)
    }

    @Test("matches by itself where there are several patterns")
    func severalPatterns() {
        var discovery = Discovery("a*", "b*")
        discovery.begin()
        #expect(discovery.next == ["SCAN 0 COUNT 100 TYPE stream"])
        discovery.ingest([.page("0", "a1", "b1", "c1")])
        #expect(discovery.watched == Set(names: "a1", "b1"))
    }

    @Test("leaves out what is excluded, also where it is named")
    func excludes() {
        var discovery = Discovery("*", "tmp:x", exclude: ["tmp:*"])
        #expect(discovery.watched.isEmpty)
        discovery.pass(.page("0", "orders", "tmp:x", "tmp:y"))
        #expect(discovery.watched == Set(names: "orders"))
    }

    @Test("asks for types one by one where SCAN knows none, before Redis 6.0")
    func oldServer() {
        var discovery = Discovery("*")
        discovery.begin()
        discovery.ingest([.failure("ERR syntax error")])
        #expect(discovery.next == ["SCAN 0 MATCH * COUNT 100"])
        discovery.ingest([.page("5", "a", "b", "c")])
        #expect(discovery.next == ["TYPE a", "TYPE b", "TYPE c"])
        discovery.ingest([.status("stream"), .status("hash"), .status("none")])
        #expect(discovery.watched == Set(names: "a"))
        #expect(discovery.next == ["SCAN 5 MATCH * COUNT 100"])
        // A page without a key that is wanted needs no question.
        discovery.ingest([.page("0")])
        #expect(discovery.hasFinishedOnce)
        #expect(discovery.error == nil)
        // It has learnt.
        discovery.begin()
        #expect(discovery.next == ["SCAN 0 MATCH * COUNT 100"])
        discovery.ingest([.failure("ERR syntax error")])
        #expect(discovery.error == .refused(command: "SCAN", message: "ERR syntax error"))
    }

    @Test(
        "says why it cannot, and keeps what it had",
        arguments: [
            (
                .failure("NOPERM this user has no permissions to run the 'scan' command"),
                .noPermission(command: "SCAN")
            ),
            (.failure("ERR unknown command 'SCAN'"), .refused(command: "SCAN", message: "ERR unknown command 'SCAN'")),
            (.null, .unexpectedReply(command: "SCAN", what: "not a cursor and a list of keys")),
            (.array([.text("0")]), .unexpectedReply(command: "SCAN", what: "not a cursor and a list of keys")),
            (
                .array([.integer(0), .array([])]),
                .unexpectedReply(command: "SCAN", what: "not a cursor and a list of keys")
            ),
        ] as [(RedisReply, SampleError)])
    func refused(reply: RedisReply, error: SampleError) {
        var discovery = Discovery("orders", "a*")
        discovery.pass(.page("0", "a1"))
        discovery.pass(reply)
        #expect(discovery.error == error)
        #expect(discovery.watched == Set(names: "orders", "a1"))
        #expect(discovery.hasFinishedOnce)
        #expect(!discovery.isUnderWay)
        discovery.pass(.page("0", "a2"))
        #expect(discovery.error == nil)
        #expect(discovery.watched == Set(names: "orders", "a2"))
    }

    @Test("takes no answer at all for one that it does not understand")
    func noReplies() {
        var discovery = Discovery("*")
        discovery.begin()
        discovery.ingest([])
        #expect(discovery.error != nil)
        #expect(discovery.hasFinishedOnce)
    }

    @Test("drops what a whole pass did not see at its end, and no sooner")
    func deleted() {
        var discovery = Discovery("orders", "a*")
        discovery.pass(.page("0", "a1", "a2"))
        discovery.begin()
        discovery.ingest([.page("9", "a2")])
        #expect(discovery.watched == Set(names: "orders", "a1", "a2"))
        discovery.ingest([.page("0", "a3")])
        #expect(discovery.watched == Set(names: "orders", "a2", "a3"))
    }

    @Test("starts a pass anew after one was abandoned")
    func abandoned() {
        var discovery = Discovery("*")
        discovery.pass(.page("0", "a", "b"))
        discovery.begin()
        discovery.ingest([.page("9", "b")])
        discovery.begin()
        #expect(discovery.next == ["SCAN 9 MATCH * COUNT 100 TYPE stream"])
        discovery.abandonPass()
        #expect(!discovery.isUnderWay)
        #expect(discovery.watched == Set(names: "a", "b"))
        discovery.begin()
        #expect(discovery.next == ["SCAN 0 MATCH * COUNT 100 TYPE stream"])
        discovery.ingest([.page("0", "a")])
        #expect(discovery.watched == Set(names: "a"))
    }

    @Test("forgets a stream found by pattern when its key is gone, and none that is named")
    func forget() {
        var discovery = Discovery("orders", "a*")
        discovery.pass(.page("0", "a1"))
        discovery.forget(Name("a1"))
        discovery.forget(Name("orders"))
        #expect(discovery.watched == Set(names: "orders"))
        discovery.pass(.page("0", "a1"))
        #expect(discovery.watched == Set(names: "orders", "a1"))
    }

    @Test("takes names of any bytes")
    func anyBytes() {
        var discovery = Discovery("*")
        discovery.pass(.array([.text("0"), .array([.string([0xFF, 0x00]), .null, .string([])])]))
        #expect(discovery.watched == [Name([0xFF, 0x00]), Name("")])
    }
}
