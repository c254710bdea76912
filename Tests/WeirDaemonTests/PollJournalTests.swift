import Logging
import RedisClient
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("What the log says of polls")
struct PollJournalTests {
    private func sample(
        denied: [String: SampleError] = [:], _ streams: StreamResults = [:], discovery: SampleError? = nil
    ) -> TargetSample {
        var node = NodeSample(node: "10.0.0.1:6379", observation: .success(NodeObservation()), streams: streams)
        node.denied = denied
        return TargetSample(
            nodes: [node], watched: Set(streams.keys), notSampled: 0, discoveryError: discovery)
    }

    private func unknown(_ command: String, _ stream: String) -> SampleError {
        .refused(command: command, message: "ERR unknown command '\(command)', with args beginning with: '\(stream)' ")
    }

    @Test("A command that is denied is named once, with what is missing then, and again only after it was allowed")
    func denials() {
        let log = RecordedLog()
        var journal = PollJournal(target: "t", logger: log.logger)
        func lines(_ denied: [String: SampleError]) -> [String] {
            let before = log.lines.count
            journal.succeeded(sample(denied: denied), [])
            return log.lines.dropFirst(before).filter { !$0.contains("polling") }
        }
        let usage = ["MEMORY USAGE": SampleError.noPermission(command: "MEMORY USAGE")]
        #expect(
            lines(usage) == [
                "warning: MEMORY USAGE is denied, which is for the memory of each stream: weir cannot "
                    + "tell what memory each stream takes, so that StreamUntrimmed does not fire; new streams are looked at "
                    + "four at a time reason=this user may not run it"
            ])
        for _ in 0..<3 { #expect(lines(usage) == []) }
        #expect(
            lines(usage.merging(["XRANGE": unknown("XRANGE", "a")]) { $1 }) == [
                "warning: XRANGE is denied, which is for the age of the first undelivered entry, and lags "
                    + "that have to be counted: weir cannot tell how many seconds most groups are behind, so that LagHigh "
                    + "may not fire; more lags are estimates; weir trace cannot tell whether an entry is there "
                    + "reason=ERR unknown command 'XRANGE'"
            ])
        #expect(lines(["XRANGE": unknown("XRANGE", "b")]) == ["info: MEMORY USAGE is no longer denied"])
        #expect(lines(usage).count == 2)
    }

    @Test("What each stream suffers from it is not said of each, and what it suffers besides is")
    func streams() {
        let log = RecordedLog()
        var journal = PollJournal(target: "t", logger: log.logger)
        let denied = SampleError.noPermission(command: "XINFO GROUPS")
        let streams: StreamResults = [
            Name("a"): .failure(denied), Name("b"): .failure(.noPermission(command: "XLEN")),
            Name("c"): .failure(unknown("SCAN", "c")),
        ]
        let all = ["XINFO GROUPS": denied, "SCAN": unknown("SCAN", "c")]
        for _ in 0..<3 { journal.succeeded(sample(denied: all, streams, discovery: unknown("SCAN", "0")), []) }
        #expect(
            log.lines.filter { !$0.contains("polling") } == [
                "warning: SCAN is denied, which is for streams by pattern: weir finds no stream by a pattern, and watches only "
                    + "those that are named outright reason=ERR unknown command 'SCAN'",
                "warning: XINFO GROUPS is denied, which is for groups, their places and lags: weir asks XINFO "
                    + "STREAM FULL in its place, which costs the server more; where that is denied, too, no stream can be "
                    + "sampled reason=this user may not run it",
                "warning: the stream cannot be sampled: this user may not run XLEN on it stream=b",
            ])
        let before = log.lines.count
        journal.succeeded(sample([:]), [])
        #expect(log.lines.count == before + 2)
    }

    @Test("What each poll costs, and each failure that goes on, is for whoever asks for debugging messages")
    func costs() {
        var total = PollStatistics()
        for (level, isAsked) in [(Logger.Level.debug, true), (.info, false)] {
            let log = RecordedLog()
            var journal = PollJournal(target: "t", logger: log.logger(level: level))
            let sample = sample([Name("a"): .failure(.wrongType)])
            (total.commands, total.bytesSent, total.bytesReceived) = (3, 100, 2_000)
            journal.polled(sample, in: .milliseconds(7), total)
            (total.commands, total.bytesSent, total.bytesReceived) = (5, 150, 2_001)
            journal.polled(sample, in: .milliseconds(8), total)
            let polls = [
                "debug: polled bytes_received=2000 bytes_sent=100 commands=3 milliseconds=7 sampled=1 streams=1",
                "debug: polled bytes_received=1 bytes_sent=50 commands=2 milliseconds=8 sampled=1 streams=1",
            ]
            #expect(log.lines == (isAsked ? polls : []))

            for _ in 0..<3 { journal.failed(.closed) }
            let failures = log.lines.dropFirst(isAsked ? polls.count : 0)
            #expect(failures.map { $0.prefix { $0 != ":" } } == ["warning"] + (isAsked ? ["debug", "debug"] : []))
        }
    }
}
