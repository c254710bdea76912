import Platform
import RedisClient
import Sampling
import Settings
import StreamHealth
import StreamModel

/// Looks at one target for whoever waits for it: at first until all of its streams are there, then once each time.
///
/// It writes nothing, and remembers nothing beyond the process.
struct TargetWatch: Sendable {
    /// Between two of the first steps it leaves the server alone for so many times as long as the last has taken.
    private static let pause = 3

    private let interval: Duration
    private let clock: SteadyClock
    private var sampler: Sampler
    private var state: TargetState
    private var discovery: DiscoverySchedule<ContinuousClock.Instant>
    private var watched: Set<Name> = []
    private var seen: Set<Name> = []
    private var isCutShort = false
    /// Of the last look that succeeded.
    private var denied: [String] = []
    private var isPartOfCluster = false

    init(_ target: TargetSettings, _ poll: PollSettings, _ health: HealthSettings, clock: SteadyClock) {
        interval = poll.interval
        self.clock = clock
        sampler = target.sampler(poll)
        state = TargetState(target.state(poll, health))
        discovery = DiscoverySchedule(from: .now, every: poll.discoveryInterval)
    }

    /// Looks until every stream that matches has been seen, or until the deadline, however many polls that takes.
    mutating func lookAtAll(until deadline: ContinuousClock.Instant) async {
        var start = ContinuousClock.now
        while await poll(), !isWhole {
            let pause = (ContinuousClock.now - start) * Self.pause
            guard ContinuousClock.now + pause < deadline else { return }
            try? await ContinuousClock().sleep(for: pause)
            guard await discover(until: deadline), !Task.isCancelled else { return }
            start = .now
        }
    }

    /// Looks once more.
    mutating func lookAgain() async {
        let start = ContinuousClock.now
        if await poll() { _ = await discover(until: start + interval / 2) }
    }

    /// Ends what is under way, from any thread.
    func interrupt() {
        sampler.interrupt()
    }

    /// Whether every stream that matches has been seen, or it has been found out why it cannot be.
    private var isWhole: Bool { hasFoundAll && watched.isSubset(of: seen) }

    private var hasFoundAll: Bool { sampler.discovery.hasFinishedOnce && !isCutShort }

    /// What of it is not to be seen.
    var shortfalls: [String] {
        guard state.isUp else { return [] }
        let name = state.configuration.name
        var shortfalls = unseen.map { [$0] } ?? []
        if isPartOfCluster { shortfalls.append("\(name): \(PollJournal.partOfCluster)") }
        return shortfalls + denied.map { "\(name): \(AccessRight.denial(of: $0))" }
    }

    /// What of it was not seen in time; nil: nothing.
    private var unseen: String? {
        guard !isWhole else { return nil }
        let name = state.configuration.name
        let unseen = watched.subtracting(seen).count
        let streams = unseen == 0 ? "" : ", \(unseen) of those found have not been asked about"
        return hasFoundAll
            ? "Not all streams of \(name) could be looked at in time\(streams)"
            : "Not all streams of \(name) could be found in time\(streams)"
    }

    func snapshot(at now: Timestamp) -> TargetSnapshot {
        state.snapshot(at: now, polling: sampler.statistics)
    }

    private mutating func poll() async -> Bool {
        let now = ContinuousClock.now
        if discovery.isPassDue(at: now), !sampler.discovery.isUnderWay {
            sampler.beginDiscovery()
            discovery.began(at: now)
        }
        do throws(RedisClientError) {
            let started = clock.now
            let sample = try await sampler.poll(for: state, at: started)
            _ = state.ingest(sample, startedAt: started, at: clock.now)
            watched = sample.watched
            for streams in [sample.unserved] + sample.nodes.map(\.streams) { seen.formUnion(streams.keys) }
            denied = sample.denied.keys.sorted()
            isPartOfCluster = sample.isPartOfCluster
            sampler.statistics.succeeded += 1
            sampler.statistics.lastSuccess = SteadyClock.wall
            return true
        } catch {
            fail(error)
            return false
        }
    }

    /// Goes on with the pass over the keys that is under way.
    private mutating func discover(until deadline: ContinuousClock.Instant) async -> Bool {
        while sampler.discovery.isUnderWay, ContinuousClock.now < deadline, !Task.isCancelled {
            do throws(RedisClientError) {
                let cost = try await sampler.discoverStep()
                try? await ContinuousClock().sleep(for: cost * Self.pause)
            } catch {
                fail(error)
                return false
            }
        }
        return true
    }

    private mutating func fail(_ error: RedisClientError) {
        sampler.statistics.failed += 1
        discovery.failed(at: .now)
        guard sampler.isInterrupted else { return state.fail(error.description) }
        isCutShort = true
        // What was seen until time was up counts.
        if sampler.statistics.succeeded == 0 { state.fail("no whole answer in time") }
    }
}
