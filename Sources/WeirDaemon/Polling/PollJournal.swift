import Logging
import Platform
import RedisClient
import Sampling
import StreamModel

/// Says in the log what has changed between two polls, not what each of them found.
struct PollJournal: Sendable {
    /// Streams that are named when many fail at once, or are too many.
    private static let namedAtOnce = 5

    /// Of a target whose URL names one server of a cluster.
    static let partOfCluster =
        "the server is a node of a cluster, of which only this node's streams are watched: redis+cluster:// is for all"

    private let logger: Logger
    private var lastError: RedisClientError?
    private var sentinelError: RedisClientError?
    private var wasUp = false
    private var discoveryError: SampleError?
    private var failing: [Name: SampleError] = [:]
    /// The servers of the target, by name.
    private var nodes: [String] = []
    /// Servers of the target that could not be sampled, and why.
    private var failingNodes: [String: String] = [:]
    /// Commands, by their names.
    private var denied: Set<String> = []
    private var notSampled = 0
    /// After the last poll that succeeded, or since when it is counted again.
    private var spent = PollStatistics()

    init(target: String, logger: Logger) {
        var logger = logger
        logger[metadataKey: "target"] = "\(target)"
        self.logger = logger
    }

    /// What was kept of the target before is of another server, by its address or database.
    func forgetsMemory() {
        logger.warning(
            "the target's url has changed: what was counted and remembered under the former one is forgotten")
    }

    mutating func failed(_ error: RedisClientError) {
        logger.log(level: lastError == error ? .debug : .warning, "the target cannot be polled: \(error)")
        lastError = error
        wasUp = false
    }

    /// What a poll and the search for streams before it have cost, for whoever asks for that much.
    ///
    /// `total`: since weir started.
    mutating func polled(_ sample: TargetSample, in duration: Duration, _ total: PollStatistics) {
        defer { spent = total }
        logger.debug(
            "polled",
            metadata: [
                "milliseconds": "\(duration.milliseconds)", "commands": "\(total.commands - spent.commands)",
                "bytes_sent": "\(total.bytesSent - spent.bytesSent)",
                "bytes_received": "\(total.bytesReceived - spent.bytesReceived)",
                "streams": "\(sample.watched.count)",
                "sampled": "\(sample.nodes.reduce(0) { $0 + $1.streams.count })",
            ])
    }

    /// `cost`: the server's time for this step.
    func lookedForStreams(_ discovery: Discovery, cost: Duration) {
        logger.trace(
            "looked for streams",
            metadata: ["found": "\(discovery.watched.count)", "microseconds": "\(cost / .microseconds(1))"])
    }

    /// `error`: why no sentinel has named the primary when they were last asked; nil: one did.
    mutating func asked(sentinels error: RedisClientError?) {
        if let error, error != sentinelError, error != .interrupted {
            logger.warning("\(error); the primary that was known before is sampled")
        }
        if error == nil, sentinelError != nil { logger.info("the sentinels name the primary again") }
        sentinelError = error
    }

    mutating func succeeded(_ sample: TargetSample, _ events: [StreamEvent]) {
        let names = sample.nodes.map(\.node)
        if !wasUp || names != nodes {
            let server =
                sample.nodes.compactMap { try? $0.observation.get().identity }.first.map {
                    "\($0.kind.rawValue) \($0.version), \($0.role)"
                } ?? "unknown"
            logger.info(
                "polling",
                metadata: [
                    "server": "\(server)", "nodes": "\(names.joined(separator: ", "))",
                    "streams": "\(sample.watched.count)",
                ])
        }
        if !wasUp, sample.isPartOfCluster { logger.warning("\(Self.partOfCluster)") }
        wasUp = true
        nodes = names
        reportFailing(sample.nodes)
        lastError = nil
        let before = denied
        report(denied: sample.denied)
        if let error = sample.discoveryError, error != discoveryError, !error.isDenial(of: denied) {
            logger.warning("streams cannot be found by pattern: \(error)")
        }
        discoveryError = sample.discoveryError
        if sample.notSampled > 0, notSampled == 0 {
            let names = sample.namesNotSampled.prefix(Self.namedAtOnce).map(\.description).joined(separator: ", ")
            logger.warning(
                "more streams match than max_streams allows",
                metadata: ["not_sampled": "\(sample.notSampled)", "names": "\(names)"])
        }
        notSampled = sample.notSampled
        report(sample, saidAlready: before.union(denied))
        events.forEach(report)
    }

    private func report(_ event: StreamEvent) {
        var metadata: Logger.Metadata = ["event": "\(event.kind.rawValue)", "stream": "\(event.stream)"]
        event.group.map { metadata["group"] = "\($0)" }
        event.entries.map { metadata[event.isAtLeast ? "entries_at_least" : "entries"] = "\($0)" }
        event.restore.map { metadata["restore"] = "\($0)" }
        logger.warning("\(event.kind.sentence)", metadata: metadata)
    }

    private mutating func reportFailing(_ nodes: [NodeSample]) {
        let before = failingNodes
        failingNodes = [:]
        for node in nodes {
            if case .failure(let failure) = node.observation {
                failingNodes[node.node] = failure.reason
                guard before[node.node] != failure.reason else { continue }
                logger.warning("a server cannot be sampled: \(failure.reason)", metadata: ["node": "\(node.node)"])
            } else if before[node.node] != nil {
                logger.info("the server can be sampled again", metadata: ["node": "\(node.node)"])
            }
        }
    }

    private mutating func report(denied now: [String: SampleError]) {
        for (command, error) in now.sorted(by: { $0.key < $1.key }) where !denied.contains(command) {
            logger.warning("\(AccessRight.denial(of: command))", metadata: ["reason": "\(error.reasonOfDenial)"])
        }
        for command in denied.sorted() where now[command] == nil { logger.info("\(command) is no longer denied") }
        denied = Set(now.keys)
    }

    /// What is only an instance of the denial of one of these commands has been said.
    private mutating func report(_ sample: TargetSample, saidAlready denied: Set<String>) {
        var fresh: [(name: Name, error: SampleError)] = []
        var recovered: [Name] = []
        for (name, result) in ([sample.unserved] + sample.nodes.map(\.streams)).joined() {
            // Most streams can be sampled, as they could before.
            if failing.isEmpty, case .success = result { continue }
            guard sample.watched.contains(name) else { continue }
            switch result {
            case .success:
                if let error = failing.removeValue(forKey: name), !error.isDenial(of: denied) { recovered.append(name) }
            // Said of its server, once.
            case .failure(.unreachable): continue
            case .failure(let error):
                if failing.updateValue(error, forKey: name) != error, !error.isDenial(of: denied) {
                    fresh.append((name, error))
                }
            }
        }
        failing = failing.filter { sample.watched.contains($0.key) }
        for (name, error) in fresh.sorted(by: { $0.name < $1.name }).prefix(Self.namedAtOnce) {
            logger.warning("the stream cannot be sampled: \(error)", metadata: ["stream": "\(name)"])
        }
        if fresh.count > Self.namedAtOnce {
            logger.warning("\(fresh.count - Self.namedAtOnce) more streams cannot be sampled")
        }
        for name in recovered.sorted().prefix(Self.namedAtOnce) {
            logger.info("the stream can be sampled again", metadata: ["stream": "\(name)"])
        }
        if recovered.count > Self.namedAtOnce {
            logger.info("\(recovered.count - Self.namedAtOnce) more streams can be sampled again")
        }
    }
}

extension SampleError {
    fileprivate func isDenial(of commands: Set<String>) -> Bool {
        switch self {
        case .noPermission(let command), .refused(let command, _): commands.contains(command)
        default: false
        }
    }

    fileprivate var reasonOfDenial: Substring {
        guard case .refused(_, let message) = self else { return "this user may not run it" }
        // What an unknown command's arguments were is another with each stream.
        return message[..<(message.firstRange(of: ", with args")?.lowerBound ?? message.endIndex)]
    }
}
