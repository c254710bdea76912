import StreamModel
import TestSupport

/// Snapshots of anything that a target may turn out to be.
struct RandomSnapshots {
    var random: SplitMix64

    mutating func targets() -> [TargetSnapshot] {
        names(upTo: 3).map { target($0.text) }
    }

    /// Some of the streams of these names, in order; their groups and consumers have few names, so that many are the same.
    mutating func alike(_ names: [String]) -> [StreamSnapshot] {
        names.filter { _ in chance() }.sorted().map { name in
            var stream = stream(Name(name))
            if upTo(4) == 0 { stream.sampleAgeSeconds = nil }
            stream.groups = ["g", "h", "i"].prefix(stream.groups.count).map { name in
                var group = group(Name(name))
                group.consumers = zip(["c", "d", "e"], group.consumers).map { name, consumer in
                    ConsumerSnapshot(
                        name: Name(name), pending: consumer.pending, idleSeconds: consumer.idleSeconds,
                        inactiveSeconds: consumer.inactiveSeconds, maxPendingIdleSeconds: consumer.maxPendingIdleSeconds
                    )
                }
                return group
            }
            return stream
        }
    }

    private mutating func target(_ name: String) -> TargetSnapshot {
        let isUp = chance()
        var observation = NodeObservation()
        observation.identity = maybe {
            ServerIdentity(
                kind: .redis, version: ServerVersion(8, 0, 0), role: $0.name().text, runID: $0.name().text)
        }
        observation.memory.usedBytes = maybe { $0.integer() }
        observation.evictedKeys = maybe { $0.integer() }
        observation.persistence.appendOnlyEnabled = maybe { $0.chance() }
        for error in names(upTo: 3) { observation.errors[error.text] = integer() }
        // Few addresses, so that a replica comes twice, as one does that lost its connection and came back.
        observation.replicas = (0..<upTo(4)).map { _ in
            NodeObservation.Replica(
                address: "10.0.0.\(upTo(2))", port: "6379", state: chance() ? "online" : "wait_bgsave",
                lagSeconds: integer())
        }
        var node = NodeSnapshot(
            node: self.name().text, isUp: isUp, error: nil, observation: isUp ? observation : nil)
        node.memoryRunwaySeconds = maybe { $0.seconds() }
        node.evictionEndangersStreams = maybe { $0.chance() }
        let streams = names(upTo: 4).map { stream($0) }
        return TargetSnapshot(
            name: name, isUp: isUp, error: nil, nodes: [node], streams: streams, streamsNotSampled: upTo(3),
            polling: polling())
    }

    private mutating func polling() -> PollStatistics {
        var polling = PollStatistics()
        polling.succeeded = UInt64(upTo(1_000))
        polling.lastSuccess = maybe { Timestamp(milliseconds: $0.integer()) }
        for _ in 0..<upTo(5) {
            polling.duration.record(seconds: seconds())
            polling.roundTrip.record(seconds: seconds())
        }
        return polling
    }

    private mutating func stream(_ name: Name) -> StreamSnapshot {
        let figures = maybe { random in
            let counters = random.maybe { random in
                StreamCounters(
                    radixTreeKeys: 1, radixTreeNodes: 2, groups: 3, lastGeneratedID: random.id(),
                    firstEntryID: random.maybe { $0.id() }, lastEntryID: nil,
                    maxDeletedEntryID: random.maybe { $0.id() }, entriesAdded: random.maybe { $0.integer() })
            }
            var figures = StreamSnapshot.Figures(
                length: random.integer(), counters: counters,
                firstEntryAgeSeconds: random.maybe { $0.seconds() }, lastEntryAgeSeconds: random.maybe { $0.seconds() })
            figures.countersAgeSeconds = random.maybe { $0.seconds() }
            figures.memoryBytes = random.maybe { $0.integer() }
            figures.producedPerSecond = random.maybe { $0.seconds() }
            return figures
        }
        return StreamSnapshot(
            name: name, database: upTo(15), node: "n", error: figures == nil ? .wrongType : nil,
            sampleAgeSeconds: seconds(), figures: figures,
            groups: figures == nil ? [] : names(upTo: 3).map { group($0) })
    }

    private mutating func group(_ name: Name) -> GroupSnapshot {
        var pending = PendingSummary(entries: integer())
        pending.maxIdleSeconds = maybe { $0.seconds() }
        pending.maxDeliveries = maybe { $0.integer() }
        pending.poison = maybe { $0.integer() }
        pending.coverageRatio = maybe { $0.chance() ? 1 : 0.5 }
        let consumers = names(upTo: 3).map { consumer in
            ConsumerSnapshot(
                name: consumer, pending: integer(), idleSeconds: seconds(), inactiveSeconds: maybe { $0.seconds() },
                maxPendingIdleSeconds: maybe { $0.seconds() })
        }
        var group = GroupSnapshot(
            name: name, consumerCount: integer(), lastDeliveredID: id(), entriesRead: maybe { $0.integer() },
            lag: maybe { Lag(entries: $0.integer(), uncertainty: $0.integer()) }, reportedLag: maybe { $0.integer() },
            lagSeconds: maybe { $0.seconds() }, pending: pending, consumers: consumers, consumersNotShown: upTo(2),
            error: nil)
        (group.entriesLost, group.entriesSkipped) = (integer(), integer())
        group.entriesDelivered = maybe { $0.integer() }
        group.entriesAcknowledged = maybe { $0.integer() }
        group.deliveredPerSecond = maybe { $0.seconds() }
        group.acknowledgedPerSecond = maybe { $0.seconds() }
        group.hold = maybe { HoldQuantiles(medianSeconds: $0.seconds(), p99Seconds: $0.seconds()) }
        group.isDraining = maybe { $0.chance() }
        group.drainSeconds = maybe { $0.seconds() }
        group.trimMarginEntries = maybe { $0.integer() }
        group.trimMarginSeconds = maybe { $0.seconds() }
        group.status = GroupStatus.allCases.randomElement(using: &random) ?? .ok
        for status in ConsumerStatus.allCases where chance() { group.consumersByStatus[status] = 1 + upTo(9) }
        return group
    }

    /// Distinct ones, in order.
    private mutating func names(upTo count: Int) -> [Name] {
        Set((0..<upTo(count)).map { _ in name() }).sorted()
    }

    /// Mostly of bytes that mean something to one of the formats.
    private mutating func name() -> Name {
        let special = Array("\\\\\"\n{},= #xn0ff".utf8) + [0x00, 0x0D, 0x1B, 0xFF, 0xC3, 0xA9]
        return Name(
            (0..<upTo(8)).map { _ in
                chance() ? special[upTo(special.count - 1)] : UInt8.random(in: .min ... .max, using: &random)
            })
    }

    private mutating func id() -> StreamID {
        StreamID(milliseconds: .random(in: .min ... .max, using: &random), sequence: 0)
    }

    private mutating func integer() -> Int64 {
        chance() ? Int64(upTo(1_000)) : .random(in: 0 ... .max, using: &random)
    }

    private mutating func seconds() -> Double {
        [0, 1e-9, 0.001, 0.1, 1, 12.5, 1e6, 1e300][upTo(7)]
    }

    private mutating func upTo(_ count: Int) -> Int {
        .random(in: 0...count, using: &random)
    }

    private mutating func chance() -> Bool {
        .random(using: &random)
    }

    private mutating func maybe<Value>(_ value: (inout RandomSnapshots) -> Value) -> Value? {
        chance() ? value(&self) : nil
    }
}
