import RedisClient
import StreamModel

/// The streams of a target, each on the server that has it.
extension Sampler {
    /// How often a stream is followed to another server in one poll: slots move one after the other.
    static let mostRedirections = 3

    mutating func sampleStreams(_ preferred: Set<Name>, _ wish: @escaping ProbeWish, _ poll: inout TargetPoll) async {
        let live = poll.live
        for node in live { nodes[node]?.watch(places.streams(on: node)) }
        let results = await onNodes(live) { node throws(RedisClientError) in
            try await node.sampleStreams(preferred, wish)
        }
        poll.take(results)
    }

    /// Looks at streams of a cluster where they are now, if that is not where they were thought to be.
    mutating func followRedirections(at now: Timestamp, _ wish: @escaping ProbeWish, _ poll: inout TargetPoll) async {
        guard primaries.areSeveral else { return }
        for _ in 0..<Self.mostRedirections {
            let redirections = poll.takeRedirections()
            if redirections.isEmpty { return }
            if primaries.take(redirections.values), let endpoints = try? await primaries.find(asking: reachable) {
                try? settle(endpoints)
                poll.keep(nodes.keys)
                await begin(&poll, at: now)
            }
            var names: [String: [Name]] = [:]
            for (name, redirection) in redirections { names[redirection.address.node, default: []].append(name) }
            let results = await onNodes(poll.live.filter { names[$0] != nil }) {
                [names] node throws(RedisClientError) in
                try await node.sampleRedirected(names[node.node] ?? [], wish)
            }
            poll.take(results)
            let reached = Set(results.keys)
            for (name, redirection) in redirections where !reached.contains(redirection.address.node) {
                poll.lost[name] = redirection.address.node
            }
        }
    }

    /// What the poll has brought, in the end.
    mutating func end(_ poll: TargetPoll) -> TargetSample {
        for node in poll.live { nodes[node]?.endPoll() }
        let samples = poll.looks.map { name, look in
            var sample: NodeSample
            switch look {
            case .success(let look):
                sample = look
                sample.streams = poll.streams[name] ?? [:]
                sample.denied = nodes[name]?.denied ?? [:]
            case .failure(let error):
                let reason = error.description
                sample = NodeSample(node: name, observation: .failure(NodeSample.Failure(reason: reason)))
                let lost = poll.lost.filter { $0.value == name }.map(\.key)
                for stream in places.streams(on: name).union(lost) {
                    sample.streams[stream] = .failure(.unreachable(node: name, reason: reason))
                }
            }
            sample.slots = poll.addresses[name].flatMap { primaries.slots?.slotCount(of: $0) }
            return sample
        }
        for streams in poll.streams.values {
            for (name, result) in streams where result.failure == .noSuchKey { discovery.forget(name) }
            if primaries.areSeveral { discovery.confirm(streams.lazy.filter { !$0.value.isFailure }.map(\.key)) }
        }
        var sample = TargetSample(
            nodes: samples.sorted { $0.node < $1.node }, watched: discovery.watched, notSampled: discovery.notSampled,
            discoveryError: discovery.error)
        sample.unserved = places.unserved
        sample.namesNotSampled = discovery.namesNotSampled
        sample.hasLookedEverywhere = discovery.hasFinishedOnce
        return sample
    }
}
