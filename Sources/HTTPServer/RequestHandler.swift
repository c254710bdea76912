internal import CMicroHTTPD
internal import Crypto
internal import Synchronization

/// What becomes of each request: refused here, or handed to the handler.
final class RequestHandler: Sendable {
    enum Admission {
        case admitted
        case refused(HTTPResponse)
        /// The connection is suspended, and the request will come again.
        case awaited
    }

    let keeper: ConnectionKeeper
    private let limits: HTTPLimits
    private let handler: @Sendable (HTTPRequest) -> HTTPResponse
    private let currentPolicy: Mutex<HTTPPolicy>
    private let bucket = Mutex(TokenBucket())
    private let gate = PasswordGate()
    /// What has been found out about requests that come again.
    private let verdicts = Mutex<[ConnectionID: PasswordGate.Verdict]>([:])
    /// Of the requests that are under way.
    private let targets = Mutex<[ConnectionID: RequestTarget]>([:])

    init(
        keeper: ConnectionKeeper, limits: HTTPLimits, policy: HTTPPolicy,
        handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) {
        self.keeper = keeper
        self.limits = limits
        currentPolicy = Mutex(policy)
        self.handler = handler
    }

    var policy: HTTPPolicy {
        get { currentPolicy.withLock(\.self) }
        set { currentPolicy.withLock { $0 = newValue } }
    }

    /// A connection has been made, whose handshake has not begun.
    func open(_ connection: borrowing MHDConnection) {
        let credentials = policy.tls?.current
        if let credentials { connection.prepareSession(with: credentials) }
        keeper.open(connection.id, descriptor: connection.descriptor, credentials: credentials)
    }

    /// The line of a request has come.
    func take(_ target: RequestTarget, of id: ConnectionID) {
        targets.withLock { $0[id] = target }
    }

    /// A request has been answered, or given up.
    func end(_ id: ConnectionID) {
        verdicts.withLock { $0[id] = nil }
        targets.withLock { $0[id] = nil }
        keeper.end(id)
    }

    /// Whether the client may have what it asks for.
    func admission(to path: String, connection: borrowing MHDConnection) -> Admission {
        let (policy, id) = (policy, connection.id)
        if policy.openPaths.contains(path) { return .admitted }
        if let verdict = verdicts.withLock({ $0.removeValue(forKey: id) }) { return admission(verdict) }
        if let limit = policy.rateLimit, !bucket.withLock({ $0.take(limit, at: .now) }) {
            return .refused(.tooManyRequests)
        }
        if policy.users.isEmpty { return .admitted }
        let header = connection.headers().filter { $0.name.lowercased() == "authorization" }
        guard header.count == 1, let credentials = BasicCredentials(header[0].value) else {
            return admission(.denied)
        }
        let question: PasswordGate.Question
        switch gate.ask(credentials, users: policy.users) {
        case .known(let verdict): return admission(verdict)
        case .unknown(let open): question = open
        }
        let errand = Errand(
            run: { self.resume(id, with: self.gate.settle(question)) }, decline: { self.resume(id, with: .busy) })
        let isTaken = keeper.submit(errand, of: connection.addressBlock()) { connection.suspend() }
        return isTaken ? .awaited : admission(.busy)
    }

    private func admission(_ verdict: PasswordGate.Verdict) -> Admission {
        switch verdict {
        case .granted: .admitted
        case .denied: .refused(.unauthorized)
        case .busy: .refused(.busy)
        }
    }

    private func resume(_ id: ConnectionID, with verdict: PasswordGate.Verdict) {
        verdicts.withLock { $0[id] = verdict }
        id.resume()
    }

    /// The refusal of a request with a body, nil for one without.
    ///
    /// libmicrohttpd asks before it reads any of the body, and after an answer given then reads no more.
    func refusal(headers: [(name: String, value: String)]) -> HTTPResponse? {
        let announcesBody = headers.contains { name, value in
            switch name.lowercased() {
            case "content-length": value.contains { $0 != "0" }
            case "transfer-encoding": true
            default: false
            }
        }
        guard announcesBody else { return nil }
        return HTTPResponse.bodyRefused.closingConnection()
    }

    /// The refusal of a request that is too large, nil for any other.
    ///
    /// libmicrohttpd's memory has had room for it, and may have none for a response.
    func refusal(
        ofSize connection: borrowing MHDConnection, headers: [(name: String, value: String)]
    ) -> HTTPResponse? {
        let bytes = connection.requestBytes
        guard bytes <= limits.requestBytes else {
            let target = target(of: connection.id)
            return target.byteCount > bytes / 2 ? .targetTooLong : .headersTooLarge
        }
        let cookieBytes = headers.filter { $0.name.lowercased() == "cookie" }.map(\.value.utf8.count)
        let bookkeeping = 64 * (headers.count + connection.cookies().count) + cookieBytes.reduce(0, +)
        return bookkeeping > HTTPLimits.bookkeepingBytes ? .headersTooLarge : nil
    }

    private func target(of id: ConnectionID) -> RequestTarget {
        targets.withLock { $0[id] } ?? RequestTarget(byteCount: 0, query: [])
    }

    func response(method: String, path: String, connection: borrowing MHDConnection) -> HTTPResponse {
        // `GET metrics`, or a whole URL, as it is for proxies.
        guard path.hasPrefix("/") else { return .text("the path does not begin with /\n", status: 400) }
        let method = HTTPMethod(rawValue: method) ?? .other
        return handler(
            HTTPRequest(
                method: method, path: path, query: QueryParameters(decoding: target(of: connection.id).query),
                headers: connection.headers()))
    }
}

/// libmicrohttpd's callback for a request; `requests` is the server's `RequestHandler`, which outlives the thread.
///
/// It is called first with the headers alone, when `state` is still NULL, again when the body, if any, is over, and
/// once more where that has suspended the connection. Answered on the first call, a request costs its connection, as
/// libmicrohttpd then takes its body for unread; so that is done only for those that have one.
func answerRequest(
    requests: UnsafeMutableRawPointer?, connection: OpaquePointer?, path: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, body: UnsafePointer<CChar>?,
    bodyLength: UnsafeMutablePointer<Int>?, state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let requests = unsafe requests, let connection = unsafe connection, let pathText = unsafe path,
        let method = unsafe method, let state = unsafe state
    else { return .NO }
    let handler = unsafe Unmanaged<RequestHandler>.fromOpaque(requests).takeUnretainedValue()
    let client = unsafe MHDConnection(connection)
    let methodName = unsafe String(cString: method)

    if unsafe state.pointee == nil {
        unsafe state.pointee = requests
        handler.keeper.begin(client.id)
        let headers = client.headers()
        if let refusal = handler.refusal(ofSize: client, headers: headers) {
            return client.hangUp(saying: refusal, adding: handler.policy.headers)
        }
        guard let refusal = handler.refusal(headers: headers) else { return .YES }
        return client.queue(refusal, adding: handler.policy.headers)
    }
    let path = unsafe String(cString: pathText)
    let response: HTTPResponse
    switch handler.admission(to: path, connection: client) {
    case .admitted: response = handler.response(method: methodName, path: path, connection: client)
    case .refused(let refusal): response = refusal
    case .awaited: return .YES
    }
    return client.queue(response, adding: handler.policy.headers)
}
