import CCurl
import Platform

/// One request under way, and what has been received of the answer.
///
/// Confined to the thread of its `TransferLoop`, where curl calls back, too.
@safe
final class CurlTransfer {
    /// Which of the transfers of a `CurlMulti` it is.
    struct ID: Hashable {
        private let address: UInt

        init(_ easy: UnsafeMutableRawPointer?) {
            address = UInt(bitPattern: easy)
        }
    }

    /// The longest that a receiver may ask for, and the most that later versions of libcurl tell.
    private static let longestRetryAfter: Int64 = 6 * 3600

    private let pending: PendingTransfer
    private let multi: CurlMulti
    private var easy: CurlEasy
    fileprivate var reader: AnswerReader

    /// Begins it; nil where curl has no memory for it.
    init?(_ pending: PendingTransfer, userAgent: String, on multi: CurlMulti) {
        guard let headers = CurlHeaderList(pending.request.headers), let easy = CurlEasy(headers: headers) else {
            return nil
        }
        self.pending = pending
        self.multi = multi
        self.easy = easy
        reader = AnswerReader(bodyLimit: pending.request.bodyLimit)
        setUp(userAgent: userAgent)
        guard self.easy.isSound, unsafe multi.add(self.easy.handle) else { return nil }
    }

    deinit {
        // curl takes no offence at one that was never added. The connection of an unfinished answer is closed.
        unsafe multi.remove(easy.handle)
    }

    var id: ID { unsafe ID(easy.handle) }

    /// Whether nobody waits for it any more.
    var isAbandoned: Bool { pending.isSettled }

    /// Tells whoever waits what became of it, once curl has ended it with `code`.
    func finish(_ code: CURLcode) {
        pending.settle(outcome(code))
    }

    func fail(_ error: TransferError) {
        pending.settle(.failure(error))
    }

    private func outcome(_ code: CURLcode) -> PendingTransfer.Outcome {
        // Whatever became of the body.
        if let status = reader.status {
            let shortfall = code == CURLE_OK || reader.stop != nil ? nil : error(code)
            return .success(
                ReceivedAnswer(status: status, body: reader.body, retryAfter: retryAfter, shortfall: shortfall))
        }
        if reader.stop == .headTooLong {
            return .failure(.broken(host: pending.url.destination, reason: "its headers are longer than 64 kB"))
        }
        return .failure(error(code))
    }

    private func error(_ code: CURLcode) -> TransferError {
        let failure = CurlFailure(
            code: code, systemError: Int32(clamping: easy.number(CURLINFO_OS_ERRNO)),
            proxyStatus: easy.number(CURLINFO_HTTP_CONNECTCODE),
            verification: easy.number(CURLINFO_SSL_VERIFYRESULT), message: easy.message)
        return TransferError(failure, url: pending.url, caFile: pending.request.caFile)
    }

    /// Nil, too, for a time that has passed.
    private var retryAfter: Duration? {
        // In seconds, also where the header has a date; 0 where there is no such header.
        let seconds = easy.offset(CURLINFO_RETRY_AFTER)
        return seconds > 0 ? .seconds(min(seconds, Self.longestRetryAfter)) : nil
    }

    private func setUp(userAgent: String) {
        let request = pending.request
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe easy.setReceiver(receiveHeadLine, by: CURLOPT_HEADERFUNCTION, of: context, by: CURLOPT_HEADERDATA)
        unsafe easy.setReceiver(receiveBody, by: CURLOPT_WRITEFUNCTION, of: context, by: CURLOPT_WRITEDATA)
        easy.set(CURLOPT_URL, request.url.bytes)
        easy.set(CURLOPT_USERAGENT, Array(userAgent.utf8))
        switch request.method {
        case .get: easy.set(CURLOPT_HTTPGET, 1)
        case .post: easy.setBody(request.body)
        }
        let milliseconds = max(1, Int(min(request.timeout, .seconds(24 * 3600)) / .milliseconds(1)))
        easy.set(CURLOPT_TIMEOUT_MS, milliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        // A signal would be the daemon's, and may hit any thread.
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // The head of a proxy's answer to CONNECT is not the receiver's.
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let caFile = request.caFile {
            easy.set(CURLOPT_CAINFO, Array(caFile.utf8))
            // Debian's curl looks for the system's authorities here, and would trust them as well.
            easy.set(CURLOPT_CAPATH, nil)
        }
    }
}

/// curl ends the transfer where it is told that not all was taken.
private func receiveHeadLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    unsafe receive(bytes, size * count, context) { reader, bytes in reader.appendHeadLine(bytes) }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    unsafe receive(bytes, size * count, context) { reader, bytes in reader.appendBody(bytes) }
}

private func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    by append: (inout AnswerReader, [UInt8]) -> Void
) -> Int {
    guard let context = unsafe context else { return 0 }
    // Held by the loop until curl has forgotten it.
    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    unsafe append(&transfer.reader, Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    return transfer.reader.stop == nil ? count : 0
}
