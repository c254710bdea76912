import StreamModel
import Testing

@testable import StreamHealth

@Suite("The figures of a logical stream")
struct LogicalStreamsFiguresTests {
    private func merge(_ parts: [StreamSnapshot]) throws -> StreamSnapshot {
        let logical = LogicalStreams([LogicalStream(match: Glob("*"), name: Name("all"))])
        return try #require(logical.merge(parts).first)
    }

    @Test(
        "are sums, unknown where one is",
        arguments: [
            ([1, 2, 3], 6), ([0, 0], 0), ([1, nil], nil), ([nil, nil], nil), ([.max, 1], nil), ([.max, 0], .max),
        ] as [([Int64?], Int64?)])
    func sums(values: [Int64?], sum: Int64?) throws {
        let merged = try merge(
            values.enumerated().map { index, value in
                .part("s\(index)", length: value, counters: .part(added: value)) { stream in
                    stream.figures?.memoryBytes = value
                    stream.figures?.producedPerSecond = value.map { Double($0) }
                }
            })
        #expect(merged.figures?.length == sum)
        #expect(merged.figures?.counters?.entriesAdded == sum)
        #expect(merged.figures?.memoryBytes == sum)
        let isRateKnown = values.allSatisfy { $0 != nil }
        #expect((merged.figures?.producedPerSecond != nil) == isRateKnown)
        if isRateKnown { #expect(merged.figures?.producedPerSecond == values.reduce(0) { $0 + Double($1 ?? 0) }) }
        #expect(merged.figures?.counters?.radixTreeKeys == Int64(values.count))
        #expect(merged.figures?.counters?.radixTreeNodes == 2 * Int64(values.count))
    }

    @Test("are unknown where a stream was not sampled, and not what the others come to")
    func unsampled() throws {
        for unread in [StreamSnapshot.unread("s2"), .unread("s2", .noPermission(command: "XLEN"))] {
            let merged = try merge([.part("s1") { $0.figures?.lastEntryAgeSeconds = 4 }, unread])
            let figures = try #require(merged.figures)
            #expect(figures == .init(length: nil, counters: nil, firstEntryAgeSeconds: nil, lastEntryAgeSeconds: nil))
        }
        #expect(try merge([.unread("s1"), .unread("s2")]).figures == nil)
    }

    @Test("are not made unknown by a key that is no stream", arguments: [SampleError.noSuchKey, .wrongType])
    func noStream(error: SampleError) throws {
        let merged = try merge([.part("s1", length: 5, groups: [.part { $0.lag = .exact(3) }]), .unread("s2", error)])
        #expect(merged.figures?.length == 5)
        #expect(merged.figures?.counters?.entriesAdded == 1)
        #expect(merged.groups.first?.lag == .exact(3))
        #expect(merged.error != nil && merged.members == 2)
        #expect(try merge([.unread("s1", error)]).figures == nil)
    }

    @Test("have the lowest first ID and the highest others, of those that have entries")
    func ids() throws {
        let merged = try merge([
            .part("s1", counters: .part(generated: 20, first: 7, last: 19, deleted: 3)),
            .part("s2", counters: .part(generated: 30, first: 5, last: 11, deleted: 0)),
            .part("s3", length: 0, counters: .part(generated: 40, first: nil, last: nil, deleted: 0)),
        ])
        let counters = try #require(merged.figures?.counters)
        #expect(counters.firstEntryID == entryID(5))
        #expect(counters.lastEntryID == entryID(19))
        #expect(counters.lastGeneratedID == entryID(40))
        #expect(counters.maxDeletedEntryID == entryID(3))
        let older = try merge([.part("s1", counters: .part(deleted: 3)), .part("s2", counters: .part(deleted: nil))])
        #expect(older.figures?.counters?.maxDeletedEntryID == nil)
        let unknown = try merge([.part("s1"), .part("s2", counters: nil)])
        #expect(unknown.figures?.counters == nil && unknown.figures?.length == 2)
    }

    @Test("count a group once that several streams have")
    func groups() throws {
        let merged = try merge([
            .part("s1", groups: [.part("a"), .part("b")]), .part("s2", groups: [.part("b"), .part("c")]),
        ])
        #expect(merged.figures?.counters?.groups == 3)
        #expect(merged.groups.map(\.name) == [Name("a"), Name("b"), Name("c")])
    }

    @Test(
        "have the age of the oldest entry, and that of the youngest, unless one that has entries does not tell",
        arguments: [
            ([(2, 5.0), (1, 3)], 5, 3), ([(2, 5), (0, nil)], 5, 5), ([(2, 5), (1, nil)], nil, nil),
            ([(0, nil)], nil, nil), ([(2, 5), (nil, nil)], nil, nil),
        ] as [([(Int64?, Double?)], Double?, Double?)])
    func ages(parts: [(Int64?, Double?)], first: Double?, last: Double?) throws {
        let merged = try merge(
            parts.enumerated().map { index, part in
                .part("s\(index)", length: part.0) { stream in
                    stream.figures?.firstEntryAgeSeconds = part.1
                    stream.figures?.lastEntryAgeSeconds = part.1
                }
            })
        #expect(merged.figures?.firstEntryAgeSeconds == first)
        #expect(merged.figures?.lastEntryAgeSeconds == last)
    }

    @Test(
        "were added to when the youngest was, unless one that was ever added to does not tell",
        arguments: [
            ([(9, 5.0), (9, 3)], 3), ([(9, 5), (0, nil)], 5), ([(9, 5), (9, nil)], nil), ([(0, nil)], nil),
            ([(9, 5), (nil, nil)], nil),
        ] as [([(UInt64?, Double?)], Double?)])
    func additions(parts: [(UInt64?, Double?)], age: Double?) throws {
        let merged = try merge(
            parts.enumerated().map { index, part in
                .part("s\(index)", length: 0, counters: part.0.map { .part(generated: $0) }) { stream in
                    stream.figures?.lastAddedAgeSeconds = part.1
                }
            })
        #expect(merged.figures?.lastAddedAgeSeconds == age)
    }

    @Test(
        "have a time to live where one has",
        arguments: [
            ([false, true], true), ([nil, true], true), ([false, false], false), ([false, nil], nil), ([nil], nil),
        ] as [([Bool?], Bool?)])
    func expiry(parts: [Bool?], expires: Bool?) throws {
        let merged = try merge(
            parts.enumerated().map { index, expires in .part("s\(index)") { $0.figures?.expires = expires } })
        #expect(merged.figures?.expires == expires)
    }

    @Test("are as old as the oldest")
    func sampleAges() throws {
        func aged(_ name: String, _ age: Double?, _ counters: Double?) -> StreamSnapshot {
            .part(name) { stream in
                stream.sampleAgeSeconds = age
                stream.figures?.countersAgeSeconds = counters
            }
        }
        let merged = try merge([aged("s1", 3, nil), aged("s2", nil, 60), aged("s3", 9, 50)])
        #expect(merged.sampleAgeSeconds == 9)
        #expect(merged.figures?.countersAgeSeconds == 60)
        #expect(try merge([aged("s1", nil, nil)]).sampleAgeSeconds == nil)
        let gone = StreamSnapshot(
            name: Name("s2"), database: 0, node: "h:6379", error: .noSuchKey, sampleAgeSeconds: 900, figures: nil,
            groups: [])
        #expect(try merge([aged("s1", 3, nil), gone]).sampleAgeSeconds == 3)
    }
}
