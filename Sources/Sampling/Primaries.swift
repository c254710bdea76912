import Platform
import RedisClient

/// Knows which servers are the primaries of a target, and finds those that have taken over.
struct Primaries: Sendable {
    private typealias Answer = (directory: SentinelDirectory, found: Result<RedisEndpoint.Address, RedisClientError>)

    private let topology: RedisTopology
    private let dialer: RedisDialer
    /// Which of a cluster's nodes serves which slots, by the last of them that was asked; nil: not known, or no cluster.
    private(set) var slots: ClusterSlots?
    /// Whether what is known has to be asked for again before anybody is sampled.
    private var isDoubtful = true
    /// Nil while a lookup has it.
    private var directory: SentinelDirectory?
    private var lookup: Background<Answer>?
    /// The one that the sentinels named last.
    private var primary: RedisEndpoint.Address?
    /// Why no sentinel named one when they were last asked; nil: one did.
    private(set) var lookupError: RedisClientError?
    /// Named by a sentinel in this poll or the last, and found to be none.
    private var refuted: Set<RedisEndpoint.Address> = []

    init(_ topology: RedisTopology, dialer: RedisDialer) {
        self.topology = topology
        self.dialer = dialer
        if case .sentinel(let sentinels) = topology { directory = SentinelDirectory(sentinels, dialer: dialer) }
    }

    /// Whether others may take over.
    var mayChange: Bool {
        if case .single = topology { false } else { true }
    }

    /// Whether there may be several, as in a cluster.
    var areSeveral: Bool { topology.isCluster }

    /// The primaries, as far as anybody knows; `nodes` are those of a cluster that should answer.
    mutating func find(asking nodes: [RedisConnection]) async throws(RedisClientError) -> [RedisEndpoint] {
        switch topology {
        case .single(let endpoint):
            return [endpoint]
        case .sentinel(let sentinels):
            let address = isDoubtful ? try await askSentinels() : await confirmed()
            return address.map { [RedisEndpoint(address: $0, access: sentinels.access)] } ?? []
        case .cluster(let seeds, let access):
            if isDoubtful { try await askCluster(nodes, seeds, access) }
            return slots?.primaries.map { RedisEndpoint(address: $0, access: access) } ?? []
        }
    }

    /// Slots move, and nodes come without telling those who do not ask.
    mutating func expire() {
        if areSeveral { isDoubtful = true }
    }

    /// Whether a poll has found a primary gone, or one that is none any more: then the next `find` asks who is.
    mutating func doubt(after poll: TargetPoll) -> Bool {
        guard mayChange else { return false }
        refuted = poll.replicas
        isDoubtful = isDoubtful || !refuted.isEmpty || poll.looks.values.contains { $0.isFailure }
        return isDoubtful
    }

    /// What a sentinel names and is no primary is not sampled in its place.
    func judge(_ poll: inout TargetPoll) {
        guard case .sentinel = topology else { return }
        for address in poll.replicas { poll.fail(address.node, .notPrimary) }
    }

    /// Follows what nodes of a cluster have said of slots; says whether the cluster is to be asked for the whole.
    mutating func take(_ redirections: some Sequence<Redirection>) -> Bool {
        for redirection in redirections {
            switch redirection {
            case .moved:
                slots?.take(redirection)
                isDoubtful = true
            case .ask(_, let address):
                // A node may have come since.
                if slots?.primaries.contains(address) != true { isDoubtful = true }
            }
        }
        return isDoubtful
    }
}

/// Asking the nodes of a cluster.
extension Primaries {
    /// The first that answers is believed; where none does, what was known stays.
    private mutating func askCluster(
        _ nodes: [RedisConnection], _ seeds: [RedisEndpoint.Address], _ access: RedisAccess
    ) async throws(RedisClientError) {
        var failures: [String: RedisClientError] = [:]
        for node in nodes.shuffled() {
            do throws(RedisClientError) {
                return believe(try await node.clusterSlots())
            } catch {
                failures[node.endpoint.node] = error
            }
        }
        // Those that were given may all have been replaced since.
        for seed in seeds + (slots?.primaries ?? []) where failures[seed.node] == nil {
            do throws(RedisClientError) {
                let connection = try dialer.connection(to: RedisEndpoint(address: seed, access: access))
                try await connection.open()
                return believe(try await connection.clusterSlots())
            } catch {
                if error == .interrupted { throw error }
                failures[seed.node] = error
            }
        }
        if slots == nil { throw .nodes(failures) }
    }

    private mutating func believe(_ slots: ClusterSlots) {
        self.slots = slots
        isDoubtful = false
    }
}

/// Asking sentinels.
extension Primaries {
    /// Waits until one names a primary; where none does, the one that was known is tried again.
    private mutating func askSentinels() async throws(RedisClientError) -> RedisEndpoint.Address? {
        // Asked before there was any doubt: the answer may be old.
        if lookup != nil { _ = await finishLookup(within: .seconds(3600)) }
        beginLookup()
        let found = await finishLookup(within: .seconds(3600))
        do throws(RedisClientError) {
            primary = try found?.get() ?? primary
            isDoubtful = false
        } catch {
            if primary == nil || error == .interrupted { throw error }
        }
        return primary
    }

    /// The primary as it is known, while a sentinel is asked in the background whether it still is: one that is cut off from
    /// the sentinels, but not from weir, would not tell.
    private mutating func confirmed() async -> RedisEndpoint.Address? {
        if case .success(let address) = await finishLookup(within: .zero) { primary = address }
        if lookup == nil { beginLookup() }
        return primary
    }

    private mutating func beginLookup() {
        guard let directory else { return }
        self.directory = nil
        lookup = Background { [refuted] in
            var directory = directory
            do throws(RedisClientError) {
                let address = try await directory.primary(except: refuted)
                return (directory, .success(address))
            } catch {
                return (directory, .failure(error))
            }
        }
    }

    private mutating func finishLookup(
        within patience: Duration
    ) async -> Result<RedisEndpoint.Address, RedisClientError>? {
        guard let answer = await lookup?.value(within: patience) else { return nil }
        lookup = nil
        directory = answer.directory
        lookupError = answer.found.failure
        return answer.found
    }
}
