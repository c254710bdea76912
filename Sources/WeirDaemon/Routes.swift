import Exposition
import HTTPServer
import Platform
import Settings

/// Answers requests.
struct Routes: Sendable {
    let board: SnapshotBoard
    let alerts: AlertBoard
    let actions: ActionBoard
    let pages: PageCache
    let isReloadEnabled: @Sendable () -> Bool
    /// Nil where the new configuration is in force, else what is wrong with it.
    let reload: @Sendable () -> String?

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        if request.path == "/-/reload" { return answerReload(request) }
        guard request.method != .post else { return .methodNotAllowed([.get, .head]) }
        switch request.path {
        case "/": return serve(.status, request)
        case "/metrics": return metrics(request)
        case "/livez": return .text("ok\n")
        case "/readyz": return board.isReady ? .text("ok\n") : .text("the first poll is under way\n", status: 503)
        case "/api/v1/snapshot": return serve(.snapshot, request)
        case "/api/v1/alerts":
            let done = GroupActions(actions.rows)
            return answer(request, AlertsDocument(alerts.read(), actions: done, at: SteadyClock.wall))
        case "/api/v1/actions":
            return answer(request, ActionsDocument(actions.read(), at: SteadyClock.wall))
        default:
            return .text(
                "not found; there are / /metrics /livez /readyz /api/v1/snapshot /api/v1/alerts /api/v1/actions\n",
                status: 404)
        }
    }

    private func metrics(_ request: HTTPRequest) -> HTTPResponse {
        let target = request.query.first("target")
        if let target, !board.has(target: target) {
            return .text("no target of that name is configured\n", status: 404)
        }
        let openMetrics = MediaType("application", "openmetrics-text", version: "1.0.0")
        let offers = [MediaType("text", "plain", version: "0.0.4"), openMetrics]
        let best = AcceptHeader(request.header("Accept")).best(of: offers)
        return serve(.metrics(best == openMetrics ? .openMetrics : .text, target: target), request)
    }

    private func serve(_ page: Page, _ request: HTTPRequest) -> HTTPResponse {
        let body = pages.page(PageCache.Key(page: page, isCompressed: request.acceptsGzip))
        var response = HTTPResponse(
            page: body.bytes, contentType: page.contentType, vary: "Accept, Accept-Encoding",
            isCompressed: body.isCompressed)
        if page == .status { response.headers.append(("Content-Security-Policy", StatusPage.contentSecurityPolicy)) }
        return response
    }

    /// Made for each request: incidents and actions also change between two polls.
    private func answer(_ request: HTTPRequest, _ document: some JSONDocument) -> HTTPResponse {
        let body = document.json()
        let compressed = request.acceptsGzip ? Gzip.compress(body) : nil
        return HTTPResponse(
            page: compressed ?? body, contentType: Page.snapshot.contentType, vary: "Accept-Encoding",
            isCompressed: compressed != nil)
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
    /// What changes from moment to moment, in the form that was asked for.
    fileprivate init(page: [UInt8], contentType: String, vary: String, isCompressed: Bool) {
        self.init(contentType: contentType, body: page)
        headers.append(("Vary", vary))
        headers.append(("Cache-Control", "no-store"))
        if isCompressed { headers.append(("Content-Encoding", "gzip")) }
    }
}
