internal import Crypto

/// Who is connected, what each connection waits for and since when: it says who has to go.
struct ConnectionTable: Sendable {
    enum Phase: Sendable {
        /// Has not sent a whole request yet.
        case new
        /// Has been answered, and has not sent a whole further request yet.
        case idle
        case answering
        /// Has been told to go.
        case leaving
    }

    private struct Entry: Sendable {
        let descriptor: Int32
        var phase: Phase
        /// When the phase began.
        var since: ContinuousClock.Instant
        /// Those of its session, which refers to them without holding them; nil: it is in plain text.
        let credentials: TLSServerCredentials?
    }

    private let limits: HTTPLimits
    private var entries: [ConnectionID: Entry] = [:]

    init(limits: HTTPLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Whether there are more than there should be.
    var isCrowded: Bool { entries.values.count { $0.phase != .leaving } > max(1, limits.connections) }

    /// Takes a new connection in; gives the descriptor of the one that has to go for it, if any.
    mutating func open(
        _ id: ConnectionID, descriptor: Int32, credentials: TLSServerCredentials?, at now: ContinuousClock.Instant
    ) -> Int32? {
        entries[id] = Entry(descriptor: descriptor, phase: .new, since: now, credentials: credentials)
        guard isCrowded else { return nil }
        return dismiss(at: now) { other, _ in other != id }
    }

    /// A whole request has come.
    mutating func begin(_ id: ConnectionID, at now: ContinuousClock.Instant) {
        move(id, to: .answering, at: now)
    }

    /// A request has been answered, or given up.
    mutating func end(_ id: ConnectionID, at now: ContinuousClock.Instant) {
        move(id, to: .idle, at: now)
    }

    mutating func close(_ id: ConnectionID) {
        entries[id] = nil
    }

    /// The descriptors of those that have had their time, and of those that are too many and no longer safe.
    mutating func overdue(at now: ContinuousClock.Instant) -> [Int32] {
        var descriptors: [Int32] = []
        for (id, entry) in entries where entry.phase != .leaving {
            let limit = entry.phase == .answering ? limits.response : limits.request
            guard now - entry.since >= limit else { continue }
            entries[id]?.phase = .leaving
            descriptors.append(entry.descriptor)
        }
        let courtesy = limits.courtesy
        while isCrowded, let descriptor = dismiss(at: now, { _, entry in now - entry.since >= courtesy }) {
            descriptors.append(descriptor)
        }
        return descriptors
    }

    /// How long `overdue` need not be asked; nil: as long as nobody is connected.
    var patience: Duration? {
        if isEmpty { return nil }
        let usual = min(limits.request, limits.response) / 4
        return isCrowded ? min(usual, limits.courtesy / 8) : usual
    }

    private mutating func move(_ id: ConnectionID, to phase: Phase, at now: ContinuousClock.Instant) {
        guard var entry = entries[id], entry.phase != .leaving else { return }
        (entry.phase, entry.since) = (phase, now)
        entries[id] = entry
    }

    private mutating func dismiss(at now: ContinuousClock.Instant, _ mayGo: (ConnectionID, Entry) -> Bool) -> Int32? {
        var first: (id: ConnectionID, place: (Int, ContinuousClock.Instant), descriptor: Int32)?
        for (id, entry) in entries where mayGo(id, entry) {
            guard let rank = rank(of: entry, at: now) else { continue }
            if let first, first.place < (rank, entry.since) { continue }
            first = (id, (rank, entry.since), entry.descriptor)
        }
        guard let first else { return nil }
        entries[first.id]?.phase = .leaving
        return first.descriptor
    }

    /// The lowest go first, and of these the oldest; nil stays.
    private func rank(of entry: Entry, at now: ContinuousClock.Instant) -> Int? {
        let age = now - entry.since
        // The request of one that came, or was answered, a moment ago may lie there unread.
        let isYoung = age < limits.courtesy / 16
        switch entry.phase {
        case .new: return isYoung ? 2 : 0
        case .idle: return isYoung ? 2 : 1
        case .answering: return age >= limits.courtesy ? 3 : nil
        case .leaving: return nil
        }
    }
}
