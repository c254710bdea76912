import Exposition
import HTTPServer
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("Requests")
struct RoutesTests {
    private let board = SnapshotBoard()
    private let alerts = AlertBoard()
    private let actions = ActionBoard()

    /// `reload` says nil where it succeeds; without it, reloading is off.
    private func answer(
        _ path: String, _ method: HTTPMethod = .get, query: [(String, String)] = [],
        headers: [(String, String)] = [], reload: (@Sendable () -> String?)? = nil
    ) -> HTTPResponse {
        let renderer = PageRenderer(board: board, alerts: alerts, actions: actions) {
            ProcessSnapshot(
                version: "0", startTimeSeconds: 0, cpuSeconds: 0, residentBytes: 0, virtualBytes: 0,
                openFileDescriptors: 0, maxFileDescriptors: 0, lastReloadSucceeded: true,
                stateFilesSetAside: 0, stateWriteFailures: 0)
        }
        let routes = Routes(
            board: board, alerts: alerts, actions: actions, pages: PageCache(make: renderer.render),
            isReloadEnabled: { reload != nil }, reload: { reload?() }, run: 7)
        return routes.answer(
            HTTPRequest(
                method: method, path: path, query: QueryParameters(query.map { (name: $0, value: $1) }),
                headers: headers.map { (name: $0, value: $1) }))
    }

    private func header(_ name: String, _ response: HTTPResponse) -> String? {
        response.headers.first { $0.name == name }?.value
    }

    private func text(_ response: HTTPResponse) -> String {
        String(decoding: response.body.bytes, as: UTF8.self)
    }

    private func pollOnce() {
        board.expect(["a", "b"])
        board.put(.sample("a", streams: [.sample()]), isFirstLookDone: true)
        board.put(.sample("b", isUp: false, error: "down"), isFirstLookDone: true)
    }

    @Test(
        "are answered by path",
        arguments: [
            ("/", 200, "text/html; charset=utf-8"), ("/metrics", 200, "text/plain; version=0.0.4; charset=utf-8"),
            ("/livez", 200, "text/plain; charset=utf-8"), ("/readyz", 200, "text/plain; charset=utf-8"),
            ("/api/v1/snapshot", 200, "application/json"),
            ("/api/v1/alerts", 200, "application/json"), ("/api/v1/actions", 200, "application/json"),
            ("/favicon.ico", 404, "text/plain; charset=utf-8"),
            ("/metrics/", 404, "text/plain; charset=utf-8"), ("", 404, "text/plain; charset=utf-8"),
            ("/-/reload", 405, "text/plain; charset=utf-8"),
        ])
    func paths(path: String, status: Int, contentType: String) {
        pollOnce()
        for method in [HTTPMethod.get, .head] {
            let response = answer(path, method)
            #expect(response.status == status)
            #expect(header("Content-Type", response) == contentType)
            #expect(!response.body.bytes.isEmpty)
        }
    }

    @Test(
        "that would change something are refused where there is a page, and told what it can be asked for",
        arguments: [
            ("/", 405, "GET, HEAD"), ("/metrics", 405, "GET, HEAD"), ("/livez", 405, "GET, HEAD"),
            ("/api/v1/snapshot", 405, "GET, HEAD"), ("/x", 404, nil), ("/metrics/", 404, nil),
        ] as [(String, Int, String?)])
    func otherMethods(path: String, status: Int, allowed: String?) {
        for method in [HTTPMethod.post, .other] {
            let response = answer(path, method)
            #expect(response.status == status)
            #expect(header("Allow", response) == allowed)
        }
    }

    @Test("find weir alive at once, and ready once it has looked at its targets")
    func probes() {
        board.expect(["a"])
        #expect(answer("/livez").status == 200)
        #expect(answer("/readyz").status == 503)
        board.put(.sample("a", isUp: false), isFirstLookDone: true)
        #expect(answer("/readyz").status == 200)
    }

    @Test("get pages before there is anything to see")
    func empty() {
        board.expect(["a"])
        #expect(answer("/").status == 200)
        #expect(text(answer("/metrics")).contains("weir_build_info"))
        #expect(text(answer("/api/v1/snapshot")).contains(#""targets":[]"#))
    }

    @Test("for one target get that one, without weir's own figures")
    func oneTarget() {
        pollOnce()
        let page = text(answer("/metrics", query: [("target", "a")]))
        #expect(page.contains(#"target="a""#))
        #expect(!page.contains(#"target="b""#))
        #expect(!page.contains("process_"))
        #expect(text(answer("/metrics")).contains(#"target="b""#))
        for unknown in ["", "c", "A"] {
            let response = answer("/metrics", query: [("target", unknown)])
            #expect(response.status == 404)
            #expect(!text(response).contains("redis_up"))
        }
    }

    @Test("for a target that has not been polled yet get an empty page, not an error")
    func targetNotPolledYet() {
        board.expect(["a"])
        let response = answer("/metrics", query: [("target", "a")])
        #expect(response.status == 200)
        #expect(response.body.bytes.isEmpty)
    }

    @Test(
        "get the format they like best",
        arguments: [
            // Prometheus 2.42 and 3.5; then curl, a browser, and none at all.
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                .openMetrics
            ),
            ("text/plain;version=0.0.4;q=1,*/*;q=0.1", .text), ("*/*", .text),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text), (nil, .text),
            // Nothing that there is: better some page than none.
            ("image/png", .text), ("application/openmetrics-text;version=2.0.0", .text),
        ] as [(String?, MetricsFormat)])
    func negotiation(accept: String?, format: MetricsFormat) {
        pollOnce()
        let response = answer("/metrics", headers: accept.map { [("accept", $0)] } ?? [])
        #expect(header("Content-Type", response) == format.contentType)
        #expect(text(response).hasSuffix("# EOF\n") == (format == .openMetrics))
        #expect(header("Vary", response) == "Accept, Accept-Encoding")
        #expect(header("Cache-Control", response) == "no-store")
    }

    @Test(
        "get gzip if they take it",
        arguments: ["/", "/metrics", "/api/v1/snapshot", "/api/v1/alerts", "/api/v1/actions"])
    func gzip(path: String) {
        pollOnce()
        for _ in 0..<3 { _ = actions.record([.sample(entries: 3)]) }
        let plain = answer(path, headers: [("Accept-Encoding", "br")])
        #expect(header("Content-Encoding", plain) == nil)
        let compressed = answer(path, headers: [("Accept-Encoding", "gzip, br")])
        #expect(header("Content-Encoding", compressed) == "gzip")
        #expect(compressed.body.bytes.starts(with: [0x1F, 0x8B]))
        // Without alerts there is hardly anything to compress.
        #expect(path == "/api/v1/alerts" || compressed.body.bytes.count < plain.body.bytes.count)
        #expect(header("Content-Type", compressed) == header("Content-Type", plain))
    }

    @Test(
        "for a document that the client has already get no body, until there is another",
        arguments: [
            ("/api/v1/snapshot", []), ("/api/v1/snapshot", [("history", "1")]),
            ("/api/v1/snapshot", [("stream", "s*")]), ("/api/v1/alerts", []), ("/api/v1/actions", []),
        ] as [(String, [(String, String)])])
    func entityTags(path: String, query: [(String, String)]) throws {
        pollOnce()
        let first = answer(path, query: query)
        let tag = try #require(header("ETag", first))
        #expect(first.status == 200 && header("Cache-Control", first) == "no-cache")
        for known in [tag, "\"x\", \(tag)", "*", String(tag.dropFirst(2))] {
            let again = answer(path, query: query, headers: [("If-None-Match", known)])
            #expect(again.status == 304 && again.body.bytes.isEmpty, "\(known)")
            #expect(header("ETag", again) == tag && header("Vary", again) == "Accept-Encoding")
        }
        #expect(answer(path, query: query, headers: [("If-None-Match", "\"x\"")]).status == 200)

        board.put(.sample("a", streams: [.sample()]), isFirstLookDone: true)
        alerts.put(AlertBoard.State())
        _ = actions.record([.sample()])
        let later = answer(path, query: query, headers: [("If-None-Match", tag)])
        #expect(later.status == 200 && header("ETag", later) != tag)
    }

    @Test(
        "for a part of the snapshot get that part, and whether its target is up",
        arguments: [
            ([], ["a": ["orders/g", "orders/h", "bills/g"], "b": []]),
            ([("stream", "ord*")], ["a": ["orders/g", "orders/h"], "b": []]),
            ([("group", "g"), ("target", "a")], ["a": ["orders/g", "bills/g"]]),
            ([("stream", "bills"), ("group", "h")], ["a": [], "b": []]),
            ([("target", "b")], ["b": []]),
        ] as [([(String, String)], [String: [String]])])
    func selection(query: [(String, String)], expected: [String: [String]]) throws {
        board.expect(["a", "b"])
        board.put(
            .sample(
                "a",
                streams: [
                    .sample(Name("orders"), groups: [.sample(Name("g")), .sample(Name("h"))]),
                    .sample(Name("bills"), groups: [.sample(Name("g"))]),
                ]), isFirstLookDone: true)
        board.put(.sample("b", isUp: false, error: "down"), isFirstLookDone: true)
        let document = try JSONValue(reading: answer("/api/v1/snapshot", query: query).body.bytes)
        var found: [String: [String]] = [:]
        for target in document["targets"]?.elements ?? [] {
            let streams = target["streams"]?.elements ?? []
            found[target["name"]?.string ?? "?"] = streams.flatMap { stream in
                (stream["groups"]?.elements ?? []).map {
                    "\(stream["stream"]?.string ?? "?")/\($0["group"]?.string ?? "?")"
                }
            }
        }
        #expect(found == expected)
    }

    @Test(
        "for a part of the snapshot that make no sense are told why",
        arguments: [
            ([("steam", "x")], 400, "the query has 'steam'; did you mean 'stream'?\n"),
            ([("x", "")], 400, "the query has 'x'; there are target, stream, group, history\n"),
            ([("history", "yes")], 400, "the query has 'history=yes'; it is 0 or 1\n"),
            ([("group", "a"), ("group", "b")], 400, "the query has 'group' more than once\n"),
            ([("target", "c")], 404, "no target of that name is configured\n"),
        ] as [([(String, String)], Int, String)])
    func badQueries(query: [(String, String)], status: Int, words: String) {
        pollOnce()
        let response = answer("/api/v1/snapshot", query: query)
        #expect(response.status == status && text(response) == words)
    }

    @Test("for the status page get a document, and a policy under which nothing but its own parts is loaded or run")
    func contentSecurityPolicy() throws {
        let response = answer("/")
        let policy = try #require(header("Content-Security-Policy", response))
        for directive in [
            "default-src 'none'", "connect-src 'self'", "style-src 'sha256-", "script-src 'sha256-", "base-uri 'none'",
            "form-action 'none'", "frame-ancestors 'none'",
        ] {
            #expect(policy.contains(directive))
        }
        #expect(!policy.contains("unsafe"))
        #expect(header("Content-Security-Policy", answer("/metrics")) == nil)
        let page = text(response)
        #expect(page.hasPrefix("<!doctype html>") && page.utf8.count < 60_000)
        #expect(!page.contains("/*style*/") && !page.contains("/*script*/"))
        let tag = try #require(header("ETag", response))
        #expect(answer("/", headers: [("If-None-Match", tag)]).status == 304)
    }

    @Test("to reload are obeyed only where that is on, and told what is wrong")
    func reload() {
        for method in [HTTPMethod.get, .other] {
            #expect(answer("/-/reload", method).status == 405)
            #expect(header("Allow", answer("/-/reload", method)) == "POST")
        }
        #expect(answer("/-/reload", .post).status == 403)
        #expect(answer("/-/reload", .post, reload: { nil }).status == 200)
        let failed = answer("/-/reload", .post, reload: { "weir.yaml:3:5: no" })
        #expect(failed.status == 500)
        #expect(text(failed) == "weir.yaml:3:5: no\n")
        for method in [HTTPMethod.get, .head, .other] {
            let response = answer("/-/reload", method, reload: { "must not be called" })
            #expect(response.status == 405)
            #expect(header("Allow", response) == "POST")
        }
    }
}
