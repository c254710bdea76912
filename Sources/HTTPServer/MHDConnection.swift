internal import CMicroHTTPD

/// One connection of libmicrohttpd's; valid only within the callback that it was given to.
@safe
struct MHDConnection: ~Copyable {
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer) {
        unsafe self.connection = connection
    }

    func headers() -> [(name: String, value: String)] {
        values(.HEADER_KIND)
    }

    func query() -> QueryParameters {
        QueryParameters(values(.GET_ARGUMENT_KIND))
    }

    /// Hands the response over to be sent; `.NO`, which makes libmicrohttpd close the connection, if that failed.
    func queue(_ response: HTTPResponse) -> MHD_Result {
        // The body is handed out in blocks from the array itself, which lives until the last byte is sent: concurrent
        // scrapes of a page share its bytes, and each costs one block, where MHD_RESPMEM_MUST_COPY would hold a copy of
        // the page for as long as its client takes to read it. MHD_create_response_from_buffer_with_free_callback_cls
        // would want a pointer into the array that outlives the call, which Swift does not grant.
        let body = unsafe Unmanaged.passRetained(ResponseBody(response.body))
        let block = min(max(1, response.body.count), 65536)
        let made = unsafe MHD_create_response_from_callback(
            UInt64(response.body.count), block, readResponseBody, body.toOpaque(), releaseResponseBody)
        guard let made = unsafe made else {
            unsafe body.release()
            return .NO
        }
        // The connection holds a reference of its own once the response is queued.
        defer { unsafe MHD_destroy_response(made) }
        for (name, value) in response.headers + [("X-Content-Type-Options", "nosniff")] {
            // Refuses a line break in a value, so that none can split the response.
            guard unsafe MHD_add_response_header(made, name, value) == .YES else { return .NO }
        }
        return unsafe MHD_queue_response(connection, UInt32(clamping: response.status), made)
    }

    private func values(_ kind: MHD_ValueKind) -> [(name: String, value: String)] {
        var values: [(name: String, value: String)] = []
        unsafe withUnsafeMutablePointer(to: &values) { values in
            _ = unsafe MHD_get_connection_values_n(connection, kind, appendValue, values)
        }
        return values
    }
}

private func appendValue(
    values: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameLength: Int,
    value: UnsafePointer<CChar>?, valueLength: Int
) -> MHD_Result {
    unsafe values?.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
        (
            name: String(decoding: UnsafeRawBufferPointer(start: name, count: nameLength), as: UTF8.self),
            // NULL in a query for a name without `=`.
            value: String(
                decoding: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueLength), as: UTF8.self)
        ))
    return .YES
}
