import StreamModel
import Testing

@testable import StreamHealth

@Suite("Where samples do not follow from one another")
struct ContinuityTests {
    private static let length: Int64 = 60_000
    private static let server = ServerIdentity.redis(8, 0, 0)

    private func time(_ second: Int64) -> Timestamp { Timestamp(milliseconds: second * 1_000) }

    /// Whether a window with a sample of second 0 can be gone on with after a poll at second 5.
    private func isBroken(_ server: ServerIdentity?, offset: Int64?) -> Bool {
        var continuity = Continuity()
        continuity.ingest(Self.server, clockOffsetMilliseconds: 100, at: time(0))
        continuity.ingest(server, clockOffsetMilliseconds: offset, at: time(5))
        #expect(continuity.trustedMilliseconds(at: time(65)) == (continuity.changedAt == nil ? .max : 60_000))
        return continuity.isBroken(since: time(0), windowMilliseconds: Self.length)
    }

    @Test("the server is another, or has another role")
    func identity() {
        var other = Self.server
        #expect(!isBroken(other, offset: 100))
        other.version = ServerVersion(8, 0, 1)
        #expect(!isBroken(other, offset: 100))
        other.runID = "b2"
        #expect(isBroken(other, offset: 100))
        other = Self.server
        other.role = "slave"
        #expect(isBroken(other, offset: 100))
        // A user that may not ask for INFO is told nothing.
        #expect(!isBroken(nil, offset: 100))
    }

    @Test(
        "its clock has moved against weir's",
        arguments: [(5_100, false), (5_101, true), (-4_900, false), (-4_901, true)])
    func clock(offset: Int64, expected: Bool) {
        #expect(isBroken(Self.server, offset: offset) == expected)
        #expect(!isBroken(Self.server, offset: nil))
    }

    @Test("a change that was not told at one poll is seen at the next that tells")
    func untold() {
        var continuity = Continuity()
        continuity.ingest(Self.server, clockOffsetMilliseconds: 0, at: time(0))
        continuity.ingest(nil, clockOffsetMilliseconds: nil, at: time(5))
        #expect(!continuity.isBroken(since: time(5), windowMilliseconds: Self.length))
        continuity.ingest(Self.server, clockOffsetMilliseconds: 3_600_000, at: time(10))
        #expect(continuity.isBroken(since: time(5), windowMilliseconds: Self.length))
        #expect(!continuity.isBroken(since: time(10), windowMilliseconds: Self.length))
    }

    @Test("polls failed for longer than a window", arguments: [(60, false), (61, true)] as [(Int64, Bool)])
    func outage(second: Int64, expected: Bool) {
        var continuity = Continuity()
        continuity.ingest(Self.server, clockOffsetMilliseconds: 0, at: time(0))
        continuity.fail()
        continuity.ingest(Self.server, clockOffsetMilliseconds: 0, at: time(second))
        #expect(continuity.isBroken(since: time(0), windowMilliseconds: Self.length) == expected)
        // A window that has begun since is whole, and so is a longer one.
        #expect(!continuity.isBroken(since: time(second), windowMilliseconds: Self.length))
        #expect(!continuity.isBroken(since: time(0), windowMilliseconds: 2 * Self.length))
        #expect(continuity.trustedMilliseconds(at: time(second)) == .max)
    }

    @Test("but not where polls were merely slow: a stream that is asked about seldom has a window too")
    func slow() {
        var continuity = Continuity()
        continuity.ingest(Self.server, clockOffsetMilliseconds: 0, at: time(0))
        continuity.ingest(Self.server, clockOffsetMilliseconds: 0, at: time(600))
        #expect(!continuity.isBroken(since: time(0), windowMilliseconds: Self.length))
    }
}
