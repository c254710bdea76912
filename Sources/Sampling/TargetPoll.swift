import RedisClient
import StreamModel

/// What one poll of a target has brought so far, by the servers' names.
struct TargetPoll: Sendable {
    /// Each server's own figures, or why it could not be sampled.
    var looks: [String: Result<NodeSample, RedisClientError>] = [:]
    var streams: [String: StreamResults] = [:]
    /// Streams that are said to be on a server that this poll could not sample.
    var lost: [Name: String] = [:]
    /// Of the servers that are asked.
    var addresses: [String: RedisEndpoint.Address] = [:]

    /// Those that could be sampled so far.
    var live: [String] { looks.filter { !$0.value.isFailure }.map(\.key) }

    /// Those that say they are replicas.
    var replicas: Set<RedisEndpoint.Address> {
        let names = looks.filter { (try? $0.value.get().observation.get().identity?.role) == "slave" }.keys
        return Set(names.compactMap { addresses[$0] })
    }

    /// The runs of all servers that could be sampled.
    var runIDs: Set<String> {
        Set(looks.values.compactMap { try? $0.get().observation.get().identity?.runID })
    }

    /// Forgets what came of servers that are none of the target's any more.
    mutating func keep(_ nodes: some Collection<String>) {
        looks = looks.filter { nodes.contains($0.key) }
        streams = streams.filter { nodes.contains($0.key) }
    }

    /// Takes the streams that each of these servers has shown, or why it could not be asked for them.
    mutating func take(_ results: [String: Result<StreamResults, RedisClientError>]) {
        for (node, result) in results {
            switch result {
            case .success(let new):
                // Most have shown none before, and need not be copied.
                if streams[node]?.isEmpty ?? true { streams[node] = new } else { streams[node]?.merge(new) { $1 } }
            case .failure(let error): fail(node, error)
            }
        }
    }

    /// Nothing that the server answered before in this poll is shown: it is of no moment.
    mutating func fail(_ node: String, _ error: RedisClientError) {
        looks[node] = .failure(error)
        streams[node] = nil
    }

    /// Takes out the streams of which a server has said that another has them, or is getting them.
    mutating func takeRedirections() -> [Name: Redirection] {
        var redirections: [Name: Redirection] = [:]
        for (node, results) in streams {
            guard let address = addresses[node] else { continue }
            for (name, result) in results {
                guard let redirection = result.redirection(from: address) else { continue }
                redirections[name] = redirection
                streams[node]?[name] = nil
            }
        }
        return redirections
    }

    /// Throws where no server could be sampled; `naming`: which it was, where the configuration does not say.
    func throwIfAllFailed(naming: Bool) throws(RedisClientError) {
        var failures: [String: RedisClientError] = [:]
        for (node, look) in looks {
            guard case .failure(let error) = look else { return }
            if error == .interrupted { throw error }
            failures[node] = error
        }
        if !naming, let only = failures.values.first { throw only }
        throw .nodes(failures)
    }
}

extension Result {
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }

    var isFailure: Bool { failure != nil }
}

extension Result<StreamObservation, SampleError> {
    /// Where the stream has moved, by what was answered about itself or one of its groups.
    fileprivate func redirection(from address: RedisEndpoint.Address) -> Redirection? {
        switch self {
        case .failure(let error): error.redirection(from: address)
        case .success(let stream): stream.groups.lazy.compactMap { $0.error?.redirection(from: address) }.first
        }
    }
}

extension SampleError {
    fileprivate func redirection(from address: RedisEndpoint.Address) -> Redirection? {
        guard case .refused(_, let message) = self else { return nil }
        return Redirection(RedisErrorReply(message: message), from: address)
    }
}
