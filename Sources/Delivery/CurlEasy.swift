import CCurl

/// curl's easy handle: one request and all that curl refers to for it.
@safe
struct CurlEasy: ~Copyable {
    let handle: UnsafeMutableRawPointer
    /// curl writes its own words about a failure into it.
    private let errorText: UnsafeMutablePointer<CChar>
    private let headers: CurlHeaderList
    /// Whether curl has taken every option so far.
    private(set) var isSound = true

    /// Nil: out of memory.
    init?(headers: consuming CurlHeaderList) {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = unsafe handle
        self.headers = headers
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe note(ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        unsafe note(ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, self.headers.head))
        unsafe note(ccurl_allow_http_only(handle))
        unsafe note(ccurl_do_not_wait_for_resolver(handle))
    }

    deinit {
        // Before what curl refers to is freed.
        unsafe curl_easy_cleanup(handle)
        unsafe errorText.deallocate()
    }

    /// curl's own words, which may hold anything of the request.
    var message: String { unsafe String(cString: errorText) }

    mutating func set(_ option: CURLoption, _ value: Int) {
        unsafe note(ccurl_set_long(handle, option, value))
    }

    /// Sets an option whose bytes curl copies up to their end; nil for none.
    mutating func set(_ option: CURLoption, _ bytes: [UInt8]?) {
        let text = bytes.map { $0.map { CChar(bitPattern: $0) } + [0] }
        unsafe note(ccurl_set_text(handle, option, text))
    }

    /// Makes it a POST of the bytes, of which curl keeps a copy.
    mutating func setBody(_ body: [UInt8]) {
        // The size first: the copy is made with the second call.
        unsafe note(ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        let bytes = body.map { CChar(bitPattern: $0) } + [0]
        unsafe note(ccurl_set_text(handle, CURLOPT_COPYPOSTFIELDS, bytes))
    }

    /// The function and its context, which must outlive the transfer.
    mutating func setReceiver(
        _ receive: @escaping @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int,
        by function: CURLoption, of context: UnsafeMutableRawPointer, by data: CURLoption
    ) {
        unsafe note(ccurl_set_receiver(handle, function, receive))
        unsafe note(ccurl_set_pointer(handle, data, context))
    }

    func number(_ what: CURLINFO) -> Int { unsafe ccurl_get_long(handle, what) }

    func offset(_ what: CURLINFO) -> Int64 { unsafe Int64(ccurl_get_offset(handle, what)) }

    private mutating func note(_ code: CURLcode) {
        if code != CURLE_OK { isSound = false }
    }
}
