import StreamModel
import Testing

@testable import StreamHealth

@Suite("A group of a logical stream")
struct LogicalStreamsGroupTests {
    /// The group `g` of streams that have `groups`; with `unread`, beside one that could not be sampled.
    private func merge(_ groups: [GroupSnapshot], unread: Bool = false) throws -> GroupSnapshot {
        var parts = groups.enumerated().map { index, group in StreamSnapshot.part("s\(index)", groups: [group]) }
        if unread { parts.append(.unread("t", .noPermission(command: "XLEN"))) }
        let logical = LogicalStreams([LogicalStream(match: Glob("*"), name: Name("all"))])
        return try #require(logical.merge(parts).first?.groups.first { $0.name == Name("g") })
    }

    @Test("has the sum of every count, unknown where one is")
    func counts() throws {
        let counts: [WritableKeyPath<GroupSnapshot, Int64?>] = [
            \.entriesLost, \.entriesSkipped, \.entriesDelivered, \.entriesAcknowledged, \.entriesRead, \.reportedLag,
            \.pending.entries,
        ]
        for count in counts {
            func merged(_ values: [Int64?], unread: Bool = false) throws -> Int64? {
                let groups = values.map { value in GroupSnapshot.part { $0[keyPath: count] = value } }
                return try merge(groups, unread: unread)[keyPath: count]
            }
            #expect(try merged([1, 2, 3]) == 6)
            #expect(try merged([0, 0]) == 0)
            #expect(try merged([1, nil]) == nil)
            #expect(try merged([.max, 1]) == nil)
            #expect(try merged([1, 2], unread: true) == nil)
        }
    }

    @Test("has the sum of every rate, unknown where one is")
    func rates() throws {
        let rates: [WritableKeyPath<GroupSnapshot, Double?>] = [\.deliveredPerSecond, \.acknowledgedPerSecond]
        for rate in rates {
            func merged(_ values: [Double?], unread: Bool = false) throws -> Double? {
                let groups = values.map { value in GroupSnapshot.part { $0[keyPath: rate] = value } }
                return try merge(groups, unread: unread)[keyPath: rate]
            }
            #expect(try merged([1.5, 2]) == 3.5)
            #expect(try merged([0, 0]) == 0)
            #expect(try merged([1.5, nil]) == nil)
            #expect(try merged([1.5], unread: true) == nil)
        }
    }

    @Test("is that of the streams that have it: another group is none of its business")
    func others() throws {
        let merged = try merge([.part { $0.lag = .exact(3) }, .part("other")])
        #expect(merged.lag == .exact(3))
    }

    @Test("counts a worker once for each stream that it reads")
    func consumerCounts() throws {
        let one = GroupSnapshot.part { group in
            (group.consumerCount, group.consumersNotShown) = (3, 1)
            group.consumersByStatus = [.active: 2, .stale: 1]
        }
        let other = GroupSnapshot.part { group in
            (group.consumerCount, group.consumersNotShown) = (2, 2)
            group.consumersByStatus = [.active: 1, .idle: 1]
        }
        for unread in [false, true] {
            let merged = try merge([one, other], unread: unread)
            #expect(merged.consumerCount == 5)
            #expect(merged.consumersNotShown == 3)
            #expect(merged.consumersByStatus == [.active: 3, .stale: 1, .idle: 1])
        }
        #expect(try merge([.part { $0.consumerCount = .max }, one]).consumerCount == .max)
    }

    @Test(
        "lags by the sum of all, and is as unsure as all together",
        arguments: [
            ([.exact(3), .exact(0)], false, .exact(3)),
            (
                [Lag(entries: 6, uncertainty: 2), Lag(entries: 5, uncertainty: 3), .exact(1)], false,
                Lag(entries: 12, uncertainty: 5)
            ),
            ([.exact(3), nil], false, nil), ([.exact(.max), .exact(1)], false, nil), ([.exact(3)], true, nil),
        ] as [([Lag?], Bool, Lag?)])
    func lag(lags: [Lag?], unread: Bool, sum: Lag?) throws {
        #expect(try merge(lags.map { lag in .part { $0.lag = lag } }, unread: unread).lag == sum)
    }

    @Test(
        "is as late as the latest, and not in time while one is unknown",
        arguments: [
            ([3, 5, 0], false, 5), ([0, 0], false, 0), ([3, nil], false, 3), ([0, nil], false, nil),
            ([nil], false, nil),
            ([3], true, 3), ([0], true, nil),
        ] as [([Double?], Bool, Double?)])
    func lagSeconds(seconds: [Double?], unread: Bool, worst: Double?) throws {
        let groups = seconds.map { seconds in GroupSnapshot.part { $0.lagSeconds = seconds } }
        #expect(try merge(groups, unread: unread).lagSeconds == worst)
    }

    @Test("has the worst of what is pending anywhere")
    func pendingMaxima() throws {
        func pending(_ idle: Double?, _ age: Double?, _ deliveries: Int64?) -> GroupSnapshot {
            .part { group in
                (group.pending.maxIdleSeconds, group.pending.oldestAgeSeconds) = (idle, age)
                group.pending.maxDeliveries = deliveries
            }
        }
        let merged = try merge([pending(5, 9, 2), pending(7, 8, 3), pending(nil, nil, nil)])
        #expect(merged.pending.maxIdleSeconds == 7)
        #expect(merged.pending.oldestAgeSeconds == 9)
        #expect(merged.pending.maxDeliveries == 3)
    }

    @Test(
        "has what was seen of poisoned, dangling and returned entries, and never none while some were not looked at",
        arguments: [
            ([1, 2], false, 3), ([0, 0], false, 0), ([3, nil], false, 3), ([0, nil], false, nil), ([nil], false, nil),
            ([3], true, 3), ([0], true, nil),
        ] as [([Int64?], Bool, Int64?)])
    func sweptCounts(counts: [Int64?], unread: Bool, sum: Int64?) throws {
        let merged = try merge(
            counts.map { count in
                .part { ($0.pending.poison, $0.pending.dangling, $0.pending.nacked) = (count, count, count) }
            }, unread: unread)
        #expect(merged.pending.poison == sum)
        #expect(merged.pending.dangling == sum)
        #expect(merged.pending.nacked == sum)
    }

    @Test(
        "is covered as far as its entries are, wherever they are",
        arguments: [
            ([(10, 1), (30, 0.5)], false, 0.625), ([(10, 1), (90, 1)], false, 1), ([(0, 1), (4, 0.25)], false, 0.25),
            ([(0, 1), (0, 1)], false, 1), ([(10, 1), (30, nil)], false, nil), ([(10, 1)], true, nil),
        ] as [([(Int64, Double?)], Bool, Double?)])
    func coverage(parts: [(Int64, Double?)], unread: Bool, ratio: Double?) throws {
        let merged = try merge(
            parts.map { part in
                .part { group in
                    group.pending = PendingSummary(entries: part.0)
                    group.pending.coverageRatio = part.1
                }
            }, unread: unread)
        #expect(merged.pending.coverageRatio == ratio)
    }

    @Test("holds entries for as long as the slowest does")
    func hold() throws {
        func held(_ median: Double, _ p99: Double) -> GroupSnapshot {
            .part { $0.hold = HoldQuantiles(medianSeconds: median, p99Seconds: p99) }
        }
        #expect(
            try merge([held(2, 3), held(1, 9), .part()]).hold == HoldQuantiles(medianSeconds: 2, p99Seconds: 9))
        #expect(try merge([.part(), .part()]).hold == nil)
    }

    @Test(
        "drains if it does so wherever something waits, and is done with the last of them",
        arguments: [
            ([(5, true, 10), (9, true, 4)], false, true, 10), ([(5, true, 10), (9, false, nil)], false, false, nil),
            // Where nothing waits there is nothing to drain.
            ([(5, true, 10), (0, false, nil)], false, true, 10), ([(5, true, 10), (0, nil, nil)], false, true, 10),
            ([(5, true, 10), (9, nil, nil)], false, nil, nil), ([(5, true, 10), (nil, nil, nil)], false, nil, nil),
            ([(5, false, nil), (9, nil, nil)], false, false, nil), ([(0, true, 0), (0, true, 0)], false, true, 0),
            ([(0, nil, nil), (0, nil, nil)], false, nil, nil), ([(5, true, 10)], true, nil, nil),
            ([(5, false, nil)], true, false, nil), ([(5, true, nil), (9, true, 4)], false, true, nil),
        ] as [([(Int64?, Bool?, Double?)], Bool, Bool?, Double?)])
    func drain(parts: [(Int64?, Bool?, Double?)], unread: Bool, isDraining: Bool?, seconds: Double?) throws {
        let merged = try merge(
            parts.map { part in
                .part { group in
                    group.lag = part.0.map { .exact($0) }
                    (group.isDraining, group.drainSeconds) = (part.1, part.2)
                }
            }, unread: unread)
        #expect(merged.isDraining == isDraining)
        #expect(merged.drainSeconds == seconds)
    }

    @Test("is threatened by trimming as soon as the first of its streams is")
    func trimMargin() throws {
        func margin(_ entries: Int64?, _ seconds: Double?) -> GroupSnapshot {
            .part { ($0.trimMarginEntries, $0.trimMarginSeconds) = (entries, seconds) }
        }
        let merged = try merge([margin(100, 9), margin(50, nil), margin(nil, 30)])
        #expect(merged.trimMarginEntries == 50)
        #expect(merged.trimMarginSeconds == 9)
        #expect(try merge([margin(nil, nil)]).trimMarginSeconds == nil)
    }

    @Test("has been given everything up to the lowest last delivered ID")
    func lastDelivered() throws {
        let merged = try merge([7, 5, 9].map { id in .part { $0.lastDeliveredID = entryID(id) } })
        #expect(merged.lastDeliveredID == entryID(5))
    }

    @Test("says in which of its streams a part of it could not be read")
    func error() throws {
        let denied = SampleError.noPermission(command: "XINFO CONSUMERS")
        let merged = try merge([.part(), .part { $0.error = denied }, .part { $0.error = .noSuchGroup }])
        #expect(merged.error == .parts(failed: 2, of: 3, first: Name("s1"), denied))
        #expect(try merge([.part()]).error == nil)
    }

    @Test("fares as the worst does, and vouches for nothing that was not seen")
    func status() throws {
        let worstFirst: [GroupStatus] = [.losing, .stopped, .stalled, .lagging, .abandoned, .unknown, .ok]
        #expect(Set(worstFirst) == Set(GroupStatus.allCases))
        for (worse, better) in zip(worstFirst, worstFirst.dropFirst()) {
            #expect(try merge([.part { $0.status = better }, .part { $0.status = worse }]).status == worse)
        }
        #expect(try merge([.part { $0.status = .ok }], unread: true).status == .unknown)
        #expect(try merge([.part { $0.status = .lagging }], unread: true).status == .lagging)
    }

    @Test("has one consumer of each name, seen when it was last seen, and in the worst of its troubles")
    func consumers() throws {
        let merged = try merge([
            .part { group in
                group.consumers = [
                    .part("a", pending: 2, idle: 5, inactive: 9, held: 3, .active), .part("b", pending: 1, idle: 7),
                ]
            },
            .part { $0.consumers = [.part("a", pending: 3, idle: 4, inactive: nil, held: 8, .stale)] },
            .part { $0.consumers = [.part("a", pending: .max, idle: 6, inactive: 7, held: nil, .idle)] },
        ])
        #expect(
            merged.consumers == [
                .part("a", pending: .max, idle: 4, inactive: 7, held: 8, .stale), .part("b", pending: 1, idle: 7),
            ])
    }

    @Test("has no consumer that is well while it is not known whether it is")
    func consumerStatus() throws {
        let worstFirst: [ConsumerStatus?] = [.stale, .stuck, nil, .busy, .active, .idle, .abandoned]
        #expect(Set(worstFirst) == Set(ConsumerStatus.allCases.map { $0 } + [nil]))
        for (worse, better) in zip(worstFirst, worstFirst.dropFirst()) {
            let merged = try merge([worse, better].map { status in .part { $0.consumers = [.part("c", status)] } })
            #expect(merged.consumers.map(\.status) == [worse])
        }
    }
}
