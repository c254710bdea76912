import CCurl
import Platform

/// What curl tells of a transfer that gave no answer.
struct CurlFailure {
    let code: CURLcode
    /// An `errno`, 0 where no system call has failed.
    let systemError: Int32
    /// The status that a proxy gave to CONNECT; 0: there was none.
    let proxyStatus: Int
    /// What the TLS library found about the server's certificate, in its own numbers.
    let verification: Int
    /// curl's own words, which may hold anything of the request: to be looked at, never to be shown.
    let message: String
}

extension TransferError {
    /// The failure in weir's own words, of which none come from the URL but its host and port.
    init(_ failure: CurlFailure, url: RequestURL, caFile: String?) {
        let host = url.destination
        if failure.proxyStatus >= 300 {
            self = .other(host: host, reason: "the proxy answered \(failure.proxyStatus)")
            return
        }
        switch failure.code {
        case CURLE_URL_MALFORMAT: self = .malformedURL
        case CURLE_COULDNT_RESOLVE_HOST: self = .cannotResolve(host: url.host)
        case CURLE_COULDNT_RESOLVE_PROXY: self = .other(host: host, reason: "the name of the proxy cannot be resolved")
        case CURLE_COULDNT_CONNECT:
            self = .cannotConnect(host: host, reason: failure.systemText ?? "no address of it answers")
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut(host: host)
        case CURLE_SSL_CACERT_BADFILE:
            let noAuthorities = "this system has no certificates of authorities that can be read"
            self = caFile.map { .caFile(path: $0) } ?? .tls(host: host, reason: noAuthorities)
        case CURLE_PEER_FAILED_VERIFICATION:
            if let caFile, !CAFile.hasCertificates(caFile) {
                self = .caFile(path: caFile)
            } else {
                self = .tls(host: host, reason: failure.certificateText)
            }
        case CURLE_SSL_CONNECT_ERROR: self = .tls(host: host, reason: failure.handshakeText)
        // Where HTTP/0.9 is not allowed, curl calls an answer without a status line an unsupported protocol.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            self = .broken(host: host, reason: "it is not HTTP")
        // No more than half a head has come; the transfer went well as far as curl is concerned.
        case CURLE_OK: self = .broken(host: host, reason: "it breaks off")
        case CURLE_GOT_NOTHING: self = .broken(host: host, reason: "there is none")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            self = .broken(host: host, reason: failure.systemText ?? "the connection ended")
        // Until 8.5 curl runs out of memory with a header of 100 kB; since then that is CURLE_TOO_LARGE.
        case CURLE_OUT_OF_MEMORY, CURLcode(rawValue: 100):
            self = .broken(host: host, reason: "its headers are too long, or memory is short")
        // curl's word for a code is the same for every request.
        default: self = unsafe .other(host: host, reason: String(cString: curl_easy_strerror(failure.code)))
        }
    }
}

extension CurlFailure {
    fileprivate var systemText: String? {
        systemError == 0 ? nil : SystemError(code: systemError).description
    }

    /// What is wrong with the certificate; libraries of TLS tell it apart in curl's words, or as numbers of their own.
    fileprivate var certificateText: String {
        // GNUTLS_CERT_NOT_ACTIVATED and GNUTLS_CERT_EXPIRED.
        let (notYetValid, expired) = (1 << 9, 1 << 10)
        if message.contains("match") { return "its certificate is for another name" }
        if message.contains("expir") || verification & expired != 0 { return "its certificate has expired" }
        if message.contains("not yet") || verification & notYetValid != 0 { return "its certificate is not yet valid" }
        return "no authority that is trusted has signed its certificate"
    }

    fileprivate var handshakeText: String {
        // GnuTLS' own text follows, which knows nothing of the request; curl 8 introduces it in other words.
        let starts = ["gnutls_handshake() failed: ", "GnuTLS, handshake failed: "]
        guard let start = starts.first(where: message.hasPrefix) else { return "the handshake failed" }
        return "the handshake failed: \(message.dropFirst(start.count))"
    }
}
