/// Where a client is in the body of its response, held by libmicrohttpd from the response's making to its end.
final class ResponseBody {
    private var reader: any BodyReader
    private var position: UInt64 = 0

    init(_ source: any BodySource) {
        reader = source.makeReader()
    }

    /// Nil where `position` is not the one after what was read last.
    fileprivate func read(from position: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard position == self.position else { return nil }
        let count = unsafe reader.read(into: buffer)
        self.position += UInt64(count)
        return count == 0 ? nil : count
    }
}

/// libmicrohttpd's callback for the next block of a body; `body` is an unmanaged `ResponseBody`.
func readResponseBody(
    body: UnsafeMutableRawPointer?, position: UInt64, buffer: UnsafeMutablePointer<CChar>?, capacity: Int
) -> Int {
    // MHD_CONTENT_READER_END_WITH_ERROR, a macro with a cast, is not imported: closes the connection.
    let endWithError = -2
    guard let body = unsafe body, let buffer = unsafe buffer else { return endWithError }
    let block = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
    return unsafe Unmanaged<ResponseBody>.fromOpaque(body).takeUnretainedValue().read(from: position, into: block)
        ?? endWithError
}

/// libmicrohttpd's callback for the end of a response; `body` is an unmanaged `ResponseBody`.
func releaseResponseBody(body: UnsafeMutableRawPointer?) {
    guard let body = unsafe body else { return }
    unsafe Unmanaged<ResponseBody>.fromOpaque(body).release()
}
