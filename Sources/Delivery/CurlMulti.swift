import CCurl

/// curl's multi handle: transfers under way at once, and the connections that are kept for the next.
///
/// Unchecked: curl lets any thread call `wakeUp`; all else is only called by the thread of the `TransferLoop` that owns
/// it, which outlives that thread.
@safe
final class CurlMulti: @unchecked Sendable {
    /// Connections that are kept open for another request; those in use are not limited.
    private static let keptConnections = 4

    private let handle: UnsafeMutableRawPointer

    /// Nil where curl has no memory or no descriptors for it.
    init?() {
        guard isCurlReady, let handle = unsafe curl_multi_init() else { return nil }
        unsafe self.handle = unsafe handle
        unsafe ccurl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        // Without the descriptors for it curl gives a handle all the same, that can never be woken up.
        guard wakeUp() else { return nil }
    }

    deinit {
        unsafe curl_multi_cleanup(handle)
    }

    /// Ends `poll`, or the next one where none is under way.
    @discardableResult
    func wakeUp() -> Bool {
        unsafe curl_multi_wakeup(handle) == CURLM_OK
    }

    /// Adds the easy handle, which must be removed before it is freed.
    func add(_ easy: UnsafeMutableRawPointer) -> Bool {
        unsafe curl_multi_add_handle(handle, easy) == CURLM_OK
    }

    func remove(_ easy: UnsafeMutableRawPointer) {
        unsafe curl_multi_remove_handle(handle, easy)
    }

    /// Does what can be done without waiting; false where curl cannot go on.
    func perform() -> Bool {
        var running: Int32 = 0
        return unsafe curl_multi_perform(handle, &running) == CURLM_OK
    }

    /// Waits until there is something to do; up to a minute.
    func poll(atMost limit: Duration) -> Bool {
        let milliseconds = Int32(min(limit, .seconds(60)) / .milliseconds(1)) + 1
        return unsafe curl_multi_poll(handle, nil, 0, milliseconds, nil) == CURLM_OK
    }

    /// One more of the transfers that have ended.
    func nextEnded() -> (transfer: CurlTransfer.ID, code: CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(handle, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            return unsafe (CurlTransfer.ID(message.pointee.easy_handle), message.pointee.data.result)
        }
        return nil
    }
}

/// Whether curl's own state, which lasts as long as the process, could be set up; it is with the first transfer.
private let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
