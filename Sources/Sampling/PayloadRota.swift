import StreamModel

/// Streams whose entries are too large to be shipped at each poll, and whose turn it is to be asked for them all the same.
///
/// `XINFO STREAM` answers with two entry bodies. A pure machine: `next` says who may be asked now, `ingest` takes what it
/// cost.
struct PayloadRota: Sendable {
    /// Bytes that all of them together may bring per poll, and what may be saved up.
    static let bytesPerPoll = 1 << 20
    /// Polls between two asks of one stream.
    static let restingPolls: UInt64 = 200
    /// What was taken too much is paid back, but a reply out of all proportion must not end the asking for hours.
    private static let longestDebt = 200 * bytesPerPoll

    private struct Heavy: Sendable {
        var counters: StreamCounters?
        /// By the last reply, or by an estimate.
        var bytes: Int
        var lastAsked: UInt64?
    }

    private var streams: [Name: Heavy] = [:]
    private var poll: UInt64 = 0
    private var balance = 0

    init() {}

    mutating func beginPoll() {
        poll += 1
        balance = min(Self.bytesPerPoll, balance + Self.bytesPerPoll)
    }

    /// Whether the poll may bring bodies of unknown size.
    var maySpend: Bool { balance > 0 }

    func contains(_ name: Name) -> Bool { streams[name] != nil }

    /// The counters of its last reply; nil before the first.
    func counters(of name: Name) -> StreamCounters? { streams[name]?.counters }

    func expectedBytes(of name: Name) -> Int { streams[name]?.bytes ?? 0 }

    /// The stream was never asked, and an estimate says that its reply would take so many bytes.
    mutating func expect(_ bytes: Int, of name: Name) {
        streams[name] = Heavy(counters: nil, bytes: bytes, lastAsked: nil)
    }

    /// Its reply came, and took so many bytes: too many.
    mutating func ingest(_ counters: StreamCounters?, bytes: Int, of name: Name) {
        streams[name] = Heavy(counters: counters, bytes: bytes, lastAsked: poll)
        balance = max(balance - bytes, -Self.longestDebt)
    }

    /// It is not heavy, or not there.
    mutating func forget(_ name: Name) {
        if !streams.isEmpty { streams[name] = nil }
    }

    /// Forgets all streams but these.
    mutating func keep(_ names: Set<Name>) {
        if !streams.isEmpty { streams = streams.filter { names.contains($0.key) } }
    }

    /// Those to be asked in the next pipeline, longest ago first; each is offered once, and then rests.
    ///
    /// Empty once the poll's bytes are spent. One is offered whatever it takes, more only if they fit.
    mutating func next(atMost count: Int) -> [Name] {
        guard maySpend else { return [] }
        let waiting = streams.filter { _, stream in
            stream.lastAsked.map { poll - $0 >= Self.restingPolls } ?? true
        }.sorted { left, right in
            (left.value.lastAsked ?? 0, left.key) < (right.value.lastAsked ?? 0, right.key)
        }
        var names: [Name] = []
        var bytes = 0
        for (name, stream) in waiting.prefix(count) {
            guard names.isEmpty || bytes + stream.bytes <= balance else { break }
            bytes += stream.bytes
            names.append(name)
            streams[name]?.lastAsked = poll
        }
        return names
    }
}
