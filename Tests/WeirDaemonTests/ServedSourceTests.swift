import Alerting
import Delivery
import Platform
import Settings
import StreamModel
import Synchronization
import Testing

@testable import WeirDaemon

/// What a running weir says, and what others say that are none.
@Suite("A look at a running weir")
struct ServedSourceTests {
    /// Serves pages by their URLs, and keeps what was asked for.
    private final class Pages: HTTPSending {
        let pages: [String: ReceivedAnswer]
        let asked = Mutex<[String]>([])

        init(_ pages: [String: ReceivedAnswer]) {
            self.pages = pages
        }

        func send(_ request: OutgoingRequest) async throws(TransferError) -> ReceivedAnswer {
            let url = String(decoding: request.url.bytes, as: UTF8.self)
            asked.withLock { $0.append(url) }
            guard let page = pages[url] else { throw .timedOut(host: "h:80") }
            return page
        }
    }

    private static let full = Look.sample([.full], found: [(.trimRisk, .warning, .stream(Name("s")))])

    private func look(
        _ snapshot: ReceivedAnswer, _ alerts: ReceivedAnswer? = nil, url: String = "http://h"
    ) async throws -> Look {
        let alerts = alerts ?? ReceivedAnswer(status: 200, body: Self.full.alerts.json())
        let pages = Pages(["http://h/api/v1/snapshot": snapshot, "http://h/api/v1/alerts": alerts])
        return try await ServedSource(url: try WeirURL(parsing: url), limit: .seconds(1), sender: pages).look()
    }

    private func error(_ snapshot: String, status: Int = 200) async throws -> String {
        let error = try await #require(throws: LookError.self) {
            _ = try await look(ReceivedAnswer(status: status, body: Array(snapshot.utf8)))
        }
        return "\(error)"
    }

    @Test("is what that weir saw, to the last field")
    func whole() async throws {
        let look = try await look(ReceivedAnswer(status: 200, body: Self.full.snapshot.json()))
        #expect(look.snapshot.json() == Self.full.snapshot.json())
        #expect(look.alerts.json() == Self.full.alerts.json())
        #expect(Report(look).status == .warning)
    }

    @Test("does not take what has come of an answer in time for all of it")
    func cutShort() async throws {
        for (shortfall, text) in [
            (TransferError.timedOut(host: "h:80"), "http://h: the whole answer did not come within 1s"),
            (.broken(host: "h:80", reason: "it broke"), "http://h: no whole answer of h:80: it broke"),
        ] {
            let half = ReceivedAnswer(status: 200, body: Array(#"{"schema":1,"#.utf8), shortfall: shortfall)
            let error = await #expect(throws: LookError.self) { _ = try await look(half) }
            #expect(error?.description == text)
        }
        let error = await #expect(throws: LookError.self) {
            _ = try await look(ReceivedAnswer(status: 503, shortfall: .timedOut(host: "h:80")))
        }
        #expect(error?.description == "http://h: it answered 503")
    }

    @Test("does not mind fields that are new")
    func grown() async throws {
        let json = String(decoding: Self.full.snapshot.json(), as: UTF8.self)
        let grown = json.replacing(#""schema":1"#, with: #""schema":1,"later":{"a":[null]}"#)
        let look = try await look(ReceivedAnswer(status: 200, body: Array(grown.utf8)))
        #expect(look.snapshot.json() == Self.full.snapshot.json())
    }

    @Test("asks under the URL's path, as the URL's user")
    func urls() async throws {
        let pages = Pages([:])
        let url = try WeirURL(parsing: "https://u:p%40x@h:1/weir//")
        let source = ServedSource(url: url, limit: .seconds(1), sender: pages)
        let error = await #expect(throws: LookError.self) { _ = try await source.look() }
        #expect(pages.asked.withLock(\.self) == ["https://u:p%40x@h:1/weir/api/v1/snapshot"])
        #expect(error?.description == "https://h:1/weir: h:80 did not answer in time")
    }

    @Test("says what is wrong with an answer that is none")
    func wrong() async throws {
        #expect(try await error("", status: 404) == "http://h: it answered 404")
        #expect(try await error("", status: 401).contains("it wants a user and a password"))
        let start = "http://h: the answer is not weir's snapshot: "
        for (answer, fault) in [
            ("<html>", "it is not JSON"), ("", "it is not JSON"), ("[]", "it is no JSON object"),
            ("{}", "it has no schema"),
            (#"{"schema":"1"}"#, "its schema is of another type"), (#"{"schema":1}"#, "it has no weir"),
            (#"{"schema":1,"weir":"0"}"#, "it has no time"),
            (#"{"schema":1,"weir":"0","time":1}"#, "it has no targets"),
            (#"{"schema":1,"weir":"0","time":1,"targets":[{"name":"t"}]}"#, "it has no targets[0].up"),
            (#"{"schema":1,"weir":"0","time":1,"targets":[{"name":1}]}"#, "its targets[0].name is of another type"),
        ] {
            #expect(try await error(answer) == start + fault)
        }
        let json = String(decoding: Self.full.snapshot.json(), as: UTF8.self)
        #expect(
            try await error(json.replacing(#""max_deliveries":6,"#, with: ""))
                == start + "it has no targets[0].streams[0].groups[0].pending.max_deliveries")
        #expect(
            try await error(json.replacing(#""schema":1"#, with: #""schema":2"#))
                == "http://h: the answer is of schema 2, and this weir reads schema 1")
    }
}
