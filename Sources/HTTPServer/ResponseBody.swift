/// The bytes of a response, held by libmicrohttpd's response from its making to its end.
final class ResponseBody: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

/// libmicrohttpd's callback for the next block of a body; `body` is an unmanaged `ResponseBody`.
func readResponseBody(
    body: UnsafeMutableRawPointer?, position: UInt64, buffer: UnsafeMutablePointer<CChar>?, capacity: Int
) -> Int {
    // MHD_CONTENT_READER_END_WITH_ERROR, a macro with a cast, is not imported: closes the connection.
    let endWithError = -2
    guard let body = unsafe body, let buffer = unsafe buffer, let start = Int(exactly: position) else {
        return endWithError
    }
    let bytes = unsafe Unmanaged<ResponseBody>.fromOpaque(body).takeUnretainedValue().bytes
    guard start < bytes.count else { return endWithError }
    let block = bytes[start..<min(bytes.count, start + capacity)]
    unsafe UnsafeMutableRawBufferPointer(start: buffer, count: capacity).copyBytes(from: block)
    return block.count
}

/// libmicrohttpd's callback for the end of a response; `body` is an unmanaged `ResponseBody`.
func releaseResponseBody(body: UnsafeMutableRawPointer?) {
    guard let body = unsafe body else { return }
    unsafe Unmanaged<ResponseBody>.fromOpaque(body).release()
}
