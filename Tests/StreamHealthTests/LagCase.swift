import StreamModel
import Testing

/// One look at a stream, the server it is on, and what can be said of the lag.
struct LagCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var stream: StreamObservation
    var delivered: UInt64
    var reported: Int64?
    var server: ServerIdentity? = .redis(8, 0, 0)
    var lag: Lag?
}

/// What the IDs alone prove.
extension LagCase {
    static let proven = [
        LagCase(
            testDescription: "L = 0, never used",
            stream: .sample(length: 0, first: nil, last: nil, generated: 0, deleted: 0, added: 0), delivered: 0,
            lag: .exact(0)),
        LagCase(
            testDescription: "L = 0, all deleted before they were delivered",
            stream: .sample(length: 0, first: nil, last: nil, generated: 50, deleted: 50, added: 5), delivered: 0,
            reported: 5, lag: .exact(0)),
        LagCase(
            testDescription: "L = 0, also with counters of an earlier poll",
            stream: .sample(length: 0, first: 10, last: 50, generated: 50, current: false), delivered: 10,
            lag: .exact(0)),
        LagCase(
            testDescription: "D = G", stream: .sample(length: 5, first: 10, last: 50, generated: 50), delivered: 50,
            lag: .exact(0)),
        LagCase(
            testDescription: "D > G, after XGROUP SETID",
            stream: .sample(length: 5, first: 10, last: 50, generated: 50), delivered: 51, lag: .exact(0)),
        LagCase(
            testDescription: "D < F: all of it", stream: .sample(length: 5, first: 10, last: 50, generated: 50),
            delivered: 9, lag: .exact(5)),
        LagCase(
            testDescription: "D = 0", stream: .sample(length: 5, first: 10, last: 50, generated: 50), delivered: 0,
            lag: .exact(5)),
        LagCase(
            testDescription: "last = D < G: what came after was deleted",
            stream: .sample(length: 3, first: 10, last: 30, generated: 50), delivered: 30, lag: .exact(0)),
        LagCase(
            testDescription: "last < D < G", stream: .sample(length: 3, first: 10, last: 30, generated: 50),
            delivered: 40, lag: .exact(0)),
        LagCase(
            testDescription: "the only entry, not delivered",
            stream: .sample(length: 1, first: 10, last: 10, generated: 10), delivered: 9, lag: .exact(1)),
    ]
}

/// What the server says, and is trusted with or not.
extension LagCase {
    private static func five(deleted: UInt64? = 0, added: Int64? = 9, current: Bool = true) -> StreamObservation {
        .sample(length: 5, first: 10, last: 50, generated: 50, deleted: deleted, added: added, current: current)
    }

    private static func trust(
        _ description: String, _ stream: StreamObservation, delivered: UInt64 = 20, reported: Int64?,
        on server: ServerIdentity?, _ lag: Lag?
    ) -> LagCase {
        LagCase(
            testDescription: description, stream: stream, delivered: delivered, reported: reported, server: server,
            lag: lag)
    }

    /// By time, D lies at a quarter of the way: about 4 of 5 are left, of which at least 1 and at most 4 can be.
    private static let byTime = Lag(entries: 4, uncertainty: 3)

    static let trusted = [
        trust("7.4.2, T = 0", five(), reported: 3, on: .redis(7, 4, 2), .exact(3)),
        trust("7.4.1, T = 0", five(), reported: 3, on: .redis(7, 4, 1), Lag(entries: 3, uncertainty: 2)),
        trust("8.0, T < D", five(deleted: 19), reported: 3, on: .redis(8, 0, 0), .exact(3)),
        trust("8.0, T = D", five(deleted: 20), reported: 3, on: .redis(8, 0, 0), Lag(entries: 3, uncertainty: 2)),
        trust("8.0, T > D", five(deleted: 35), reported: 3, on: .redis(8, 0, 0), Lag(entries: 3, uncertainty: 2)),
        trust("Valkey 8.1", five(), reported: 3, on: .valkey(8, 1, 0), .exact(3)),
        trust("Valkey 8.0", five(), reported: 3, on: .valkey(8, 0, 6), Lag(entries: 3, uncertainty: 2)),
        trust("7.0, A = L", five(added: 5), reported: 3, on: .redis(7, 0, 15), .exact(3)),
        trust("7.0, A > L", five(added: 6), reported: 3, on: .redis(7, 0, 15), Lag(entries: 3, uncertainty: 2)),
        trust(
            "7.0, T < D: something was removed", five(deleted: 15, added: 6), reported: 3, on: .redis(7, 0, 15),
            Lag(entries: 3, uncertainty: 2)),
        trust("unknown server, A = L", five(added: 5), reported: 3, on: nil, .exact(3)),
        trust("unknown server, A > L", five(), reported: 3, on: nil, Lag(entries: 3, uncertainty: 2)),
        trust("nil", five(), reported: nil, on: .redis(8, 0, 0), byTime),
        trust("above L", five(), reported: 6, on: .redis(8, 0, 0), byTime),
        trust("negative", five(), reported: -1, on: .redis(8, 0, 0), byTime),
        trust("6.0 has no counters", five(deleted: nil, added: nil), reported: nil, on: .redis(6, 0, 20), byTime),
        trust(
            "a lag of L is clamped: F was delivered", five(deleted: 35), reported: 5, on: .redis(8, 0, 0),
            Lag(entries: 4, uncertainty: 3)),
        trust(
            "a lag of 0 is clamped: the last entry was not", five(deleted: 35), reported: 0, on: .redis(8, 0, 0),
            Lag(entries: 1, uncertainty: 3)),
        // Counters of an earlier poll prove nothing about IDs.
        trust("stale, 8.0", five(current: false), reported: 3, on: .redis(8, 0, 0), .exact(3)),
        trust("stale, 8.0, 0", five(current: false), reported: 0, on: .redis(8, 0, 0), .exact(0)),
        trust("stale, 8.0, nil", five(current: false), reported: nil, on: .redis(8, 0, 0), nil),
        trust("stale, 8.0, above L", five(current: false), reported: 6, on: .redis(8, 0, 0), nil),
        trust("stale, 7.4.2", five(current: false), reported: 3, on: .redis(7, 4, 2), Lag(entries: 3, uncertainty: 3)),
        trust(
            "stale, 7.4.2, 0", five(current: false), reported: 0, on: .redis(7, 4, 2), Lag(entries: 1, uncertainty: 4)),
        trust(
            "stale, Valkey 9.1", five(current: false), reported: 5, on: .valkey(9, 1, 0),
            Lag(entries: 5, uncertainty: 5)),
        trust("stale, unknown", five(current: false), reported: nil, on: nil, nil),
        trust("stale, D = old G", five(current: false), delivered: 50, reported: nil, on: .redis(7, 0, 15), nil),
    ]
}
