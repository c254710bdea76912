import CCurl
import Platform

/// A URL as curl takes it apart: the parts of it that may be shown.
struct RequestURL: Equatable, Sendable {
    /// In brackets where it is an IPv6 address.
    let host: String
    /// What messages show of the URL: `host:port`.
    let destination: String

    init(_ url: Secret) throws(TransferError) {
        guard !url.bytes.contains(0) else { throw .malformedURL }
        let parser = try CurlURL(url)
        guard ["http", "https"].contains(parser.part(CURLUPART_SCHEME)), let host = parser.part(CURLUPART_HOST),
            let port = parser.part(CURLUPART_PORT)
        else { throw .malformedURL }
        self.host = host
        destination = "\(host):\(port)"
    }
}

/// The one place that touches curl's parser of URLs.
@safe
private struct CurlURL: ~Copyable {
    private let handle: OpaquePointer

    init(_ url: Secret) throws(TransferError) {
        guard let handle = unsafe curl_url() else { throw .malformedURL }
        let text = url.bytes.map { CChar(bitPattern: $0) } + [0]
        guard unsafe curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else {
            unsafe curl_url_cleanup(handle)
            throw .malformedURL
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe curl_url_cleanup(handle)
    }

    /// Nil where the URL has no such part; a port it always has.
    func part(_ part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(handle, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK,
            let text = unsafe text
        else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
