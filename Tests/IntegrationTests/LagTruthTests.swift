import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport
import Testing

/// What weir says of a group's lag, against a model that knows the truth, over random histories on real servers.
@Suite("Lag and losses against the truth", .serialized)
struct LagTruthTests {
    private static let steps = 300
    /// Of all lags, at least so many are to be exact.
    private static let exactShare = 0.8

    struct Case: Sendable, CustomTestStringConvertible {
        var program: ServerProgram
        var seed: UInt64
        var deletes = true
        /// Steps between two polls.
        var stride = 1
        /// Whether weir may count entries where nothing else proves the lag.
        var counts = true
        /// How many times as many entries as usual are added and read at once: with many, counting is too dear.
        var scale = 1

        var testDescription: String {
            let traits = [deletes ? nil : "no XDEL", counts ? nil : "not counted", scale > 1 ? "x\(scale)" : nil]
            return "\(program.name) seed \(seed) every \(stride) \(traits.compactMap(\.self).joined(separator: ", "))"
        }
    }

    private static let cases = ServerProgram.all.flatMap { program in
        [
            Case(program: program, seed: 0), Case(program: program, seed: 1),
            Case(program: program, seed: 2, deletes: false),
            Case(program: program, seed: 3, stride: 3),
            Case(program: program, seed: 4, counts: false),
            Case(program: program, seed: 5, deletes: false, counts: false),
            Case(program: program, seed: 6, scale: 60), Case(program: program, seed: 7, deletes: false, scale: 60),
            Case(program: program, seed: 8, stride: 2, counts: false, scale: 60),
        ]
    }

    @Test("nothing exact is wrong, no estimate is off by more than it says, no loss is invented", arguments: cases)
    func truth(_ test: Case) async throws {
        let server = try await RedisServer(program: test.program.command)
        var watch = try await Watch(server, streams: [RandomHistory.key])
        var history = RandomHistory(
            try await server.client(), kinds: .init(deletes: test.deletes, scale: test.scale), seed: test.seed)
        var tally = Tally()
        for step in 0..<Self.steps {
            try await history.step()
            guard step.isMultiple(of: test.stride) else { continue }
            let groups = try await watch.poll(counting: test.counts).streams.first?.groups ?? []
            check(groups, history, test, step, &tally)
        }
        print("\(test.testDescription): \(tally)")
        if test.stride == 1, test.counts, test.scale == 1 { #expect(tally.exactShare >= Self.exactShare) }
    }

    private func check(
        _ groups: [GroupSnapshot], _ history: RandomHistory, _ test: Case, _ step: Int, _ tally: inout Tally
    ) {
        for group in groups {
            let undelivered = history.truth.undelivered(group.name.text)
            let truth = Int64(undelivered.count)
            let known = history.truth.groups[group.name.text]
            let trimmed = known?.trimmedUnread ?? 0
            let isWithoutCounters = !test.program.countsEntries
            // Before Redis 7.0 a deletion of the first entry cannot be told from a trim, nor a stream that was deleted and
            // made anew between two polls from one that was trimmed.
            let deleted = isWithoutCounters ? known?.deletedUnread ?? 0 : 0
            tally.record(group, trimmed: trimmed)
            let story: Comment = "step \(step), \(group.name): \(group), after \(history.log.joined(separator: "; "))"
            if !isWithoutCounters || test.stride == 1 {
                #expect((group.entriesLost ?? .max) <= trimmed + deleted, story)
            }
            if let delivered = group.entriesDelivered, let given = known?.given {
                tally.record(delivered: delivered, given: given)
                // A deletion of what was not delivered, and a trim and a read at once, cannot be told from a delivery.
                if !test.deletes, test.counts, test.stride == 1, test.scale == 1 {
                    #expect(delivered == given, story)
                }
            }
            guard let lag = group.lag else { continue }
            #expect(abs(lag.entries - truth) <= lag.uncertainty, story)
            #expect(lag.entries > 0 || truth == 0, story)
        }
    }
}

/// How much was exact, and how many of the losses were seen.
private struct Tally: CustomStringConvertible {
    private var lags = 0
    private var exact = 0
    private var unknown = 0
    private var lost: [Name: (seen: Int64, true: Int64)] = [:]
    private var deliveredRight = 0
    private var deliveredKnown = 0

    var exactShare: Double { lags == 0 ? 1 : Double(exact) / Double(lags) }

    mutating func record(_ group: GroupSnapshot, trimmed: Int64) {
        lags += 1
        if group.lag?.isExact == true { exact += 1 }
        if group.lag == nil { unknown += 1 }
        lost[group.name] = (group.entriesLost ?? 0, trimmed)
    }

    mutating func record(delivered: Int64, given: Int64) {
        deliveredKnown += 1
        if delivered == given { deliveredRight += 1 }
    }

    var description: String {
        let seen = lost.values.reduce(0) { $0 + $1.seen }
        let true_ = lost.values.reduce(0) { $0 + $1.true }
        return
            "\(lags) lags, \((exactShare * 1000).rounded() / 10) % exact, \(unknown) unknown; lost \(seen) of \(true_); delivered right \(deliveredRight) of \(deliveredKnown)"
    }
}
