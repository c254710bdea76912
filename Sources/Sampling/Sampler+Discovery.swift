import RedisClient
import StreamModel

/// The pass over the keys of all servers of a target.
extension Sampler {
    mutating func beginPass() {
        isPassDue = false
        discovery.begin(on: nodes.keys)
        // What they hold cannot be listed at present, and is not taken for gone.
        for (name, node) in nodes where node.failure != nil { discovery.abandonPass(on: name) }
    }

    /// As far as the poll's share of the servers' time reaches.
    mutating func discoverAtFirst(_ poll: inout TargetPoll) async {
        while true {
            let unspent = discovery.nodesUnderWay.filter { nodes[$0]?.share.isSpent == false }
            if unspent.isEmpty { return }
            for (node, error) in await scan(unspent) { poll.fail(node, error) }
        }
    }

    /// One step on each of these servers; gives the errors of those that could not be asked.
    mutating func scan(_ names: [String]) async -> [String: RedisClientError] {
        var questions: [String: [RedisCommand]] = [:]
        for node in names { questions[node] = discovery.nextCommands(on: node) }
        let answers = await onNodes(Array(questions.keys)) { [questions] node throws(RedisClientError) in
            try await node.scan(questions[node.node] ?? [])
        }
        var failures: [String: RedisClientError] = [:]
        for (node, answer) in answers {
            switch answer {
            case .success(let replies): discovery.ingest(replies, from: node)
            case .failure(let error): failures[node] = error
            }
        }
        return failures
    }
}
