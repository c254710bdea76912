import Exposition
import HTTPServer
import Platform
import Settings
import StatusPage

/// Answers requests.
struct Routes: Sendable {
    let board: SnapshotBoard
    let alerts: AlertBoard
    let actions: ActionBoard
    let pages: PageCache
    let isReloadEnabled: @Sendable () -> Bool
    /// Nil where the new configuration is in force, else what is wrong with it.
    let reload: @Sendable () -> String?
    /// In every entity tag: those of another run of weir are of other documents.
    var run = UInt32.random(in: .min ... .max)

    /// Put together when somebody first looks at it.
    private static let page = StatusPage()
    private static let plainPage = PageBody(page.html, version: 0, isCompressed: false)
    private static let compressedPage = PageBody(page.html, version: 0, isCompressed: true)

    private static let documents = [
        "/", "/metrics", "/livez", "/readyz", "/api/v1/snapshot", "/api/v1/alerts", "/api/v1/actions",
    ]

    /// What is asked by whoever has no password: they tell nothing.
    static let probes: Set = ["/livez", "/readyz"]

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        if request.path == "/-/reload" { return answerReload(request) }
        guard Self.documents.contains(request.path) else {
            return .text("not found; there are \(Self.documents.joined(separator: " "))\n", status: 404)
        }
        guard request.method == .get || request.method == .head else { return .methodNotAllowed([.get, .head]) }
        switch request.path {
        case "/": return status(request)
        case "/metrics": return metrics(request)
        case "/livez": return .text("ok\n")
        case "/readyz": return board.isReady ? .text("ok\n") : .text("the first poll is under way\n", status: 503)
        case "/api/v1/snapshot": return snapshot(request)
        case "/api/v1/alerts":
            return answer(request, tag("\(alerts.version)-\(actions.version)")) {
                AlertsDocument(alerts.read(), actions: GroupActions(actions.rows), at: SteadyClock.wall)
            }
        default:
            return answer(request, tag("\(actions.version)")) {
                ActionsDocument(actions.read(), at: SteadyClock.wall)
            }
        }
    }

    /// The same for as long as this weir runs: what it shows it asks the API for.
    private func status(_ request: HTTPRequest) -> HTTPResponse {
        let tag = tag("page")
        if let unchanged = HTTPResponse(unchanged: tag, for: request) { return unchanged }
        let body = request.acceptsGzip ? Self.compressedPage : Self.plainPage
        var response = HTTPResponse(body, "text/html; charset=utf-8", vary: "Accept-Encoding", cache: "no-cache")
        response.headers.append(("ETag", tag.text))
        response.headers.append(("Content-Security-Policy", Self.page.contentSecurityPolicy))
        return response
    }

    private func metrics(_ request: HTTPRequest) -> HTTPResponse {
        let target = request.query.first("target")
        if let target, !board.has(target: target) { return .unknownTarget }
        let openMetrics = MediaType("application", "openmetrics-text", version: "1.0.0")
        let offers = [MediaType("text", "plain", version: "0.0.4"), openMetrics]
        let best = AcceptHeader(request.header("Accept")).best(of: offers)
        let page = Page.metrics(best == openMetrics ? .openMetrics : .text, target: target)
        let body = pages.page(PageCache.Key(page: page, isCompressed: request.acceptsGzip))
        return HTTPResponse(body, page.contentType, vary: "Accept, Accept-Encoding", cache: "no-store")
    }

    private func snapshot(_ request: HTTPRequest) -> HTTPResponse {
        let query: SnapshotQuery
        do {
            query = try SnapshotQuery(request.query)
        } catch {
            return .text("\(error)\n", status: 400)
        }
        if let target = query.target, !board.has(target: target) { return .unknownTarget }
        guard query.isForAll else {
            let (targets, version) = board.read()
            return answer(request, tag("\(version)")) {
                SnapshotDocument(
                    query.selection(of: targets), at: SteadyClock.wall, hasHistory: query.hasHistory)
            }
        }
        if let unchanged = HTTPResponse(unchanged: tag("\(board.version)"), for: request) { return unchanged }
        let page = Page.snapshot(hasHistory: query.hasHistory)
        let body = pages.page(PageCache.Key(page: page, isCompressed: request.acceptsGzip))
        // Between a poll and the making of its page the page is still that of the poll before.
        return .document(body, tag("\(body.version)"))
    }

    /// Made for each request: incidents and actions also change between two polls.
    private func answer(
        _ request: HTTPRequest, _ tag: EntityTag, _ document: () -> some JSONDocument
    ) -> HTTPResponse {
        HTTPResponse(unchanged: tag, for: request)
            ?? .document(PageBody(document().json(), version: 0, isCompressed: request.acceptsGzip), tag)
    }

    private func tag(_ version: String) -> EntityTag {
        EntityTag("\(run)-\(version)")
    }

    private func answerReload(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == .post else { return .methodNotAllowed([.post]) }
        guard isReloadEnabled() else {
            return .text(
                "reloading over HTTP is off: http.enable_reload turns it on; SIGHUP always reloads\n", status: 403)
        }
        guard let problem = reload() else { return .text("reloaded\n") }
        return .text("\(problem)\n", status: 500)
    }
}

extension HTTPRequest {
    fileprivate var acceptsGzip: Bool { AcceptEncoding(header("Accept-Encoding")).acceptsGzip }
}

extension HTTPResponse {
    fileprivate static var unknownTarget: HTTPResponse { .text("no target of that name is configured\n", status: 404) }

    /// `cache`: whether it may be kept.
    fileprivate init(_ body: PageBody, _ contentType: String, vary: String, cache: String) {
        self.init(contentType: contentType, body: body.body)
        headers.append(("Vary", vary))
        headers.append(("Cache-Control", cache))
        if body.isCompressed { headers.append(("Content-Encoding", "gzip")) }
    }

    /// A document that may be kept, and is asked about at each use.
    fileprivate static func document(_ body: PageBody, _ tag: EntityTag) -> HTTPResponse {
        var response = HTTPResponse(
            body, Page.snapshot(hasHistory: false).contentType, vary: "Accept-Encoding", cache: "no-cache")
        response.headers.append(("ETag", tag.text))
        return response
    }

    /// Nil for whoever has another version, or none.
    fileprivate init?(unchanged tag: EntityTag, for request: HTTPRequest) {
        guard tag.isKnown(by: request.header("If-None-Match")) else { return nil }
        self.init(
            status: 304, headers: [("ETag", tag.text), ("Vary", "Accept-Encoding"), ("Cache-Control", "no-cache")])
    }
}
