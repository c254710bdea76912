import CGnuTLS
import Glibc
import Platform

extension TLSSession {
    /// What it means that GnuTLS has returned `code`.
    func failure(_ code: Int32) -> TLSError {
        switch code {
        case GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR: .untrusted(faults)
        case GNUTLS_E_FATAL_ALERT_RECEIVED:
            refusal(TLSAlert(code: UInt8(truncatingIfNeeded: unsafe gnutls_alert_get(session).rawValue)))
        case GNUTLS_E_UNSUPPORTED_VERSION_PACKET where !isEstablished: .noCommonVersion
        // An end within a record is a malformed record to GnuTLS.
        case _ where wire.hasEnded: ending(nil)
        case GNUTLS_E_PUSH_ERROR, GNUTLS_E_PULL_ERROR, GNUTLS_E_PREMATURE_TERMINATION: ending(wire.lastError)
        default: .failed(gnutlsMessage(code))
        }
    }

    /// What it means that the connection has ended; `error` is nil where the server has closed it in order.
    func ending(_ error: SystemError?) -> TLSError {
        if let error, hasReceived || ![ECONNRESET, EPIPE].contains(error.code) { return .broken(error) }
        if hasReceived { return .closed }
        if !hasHeard { return .hungUpUnanswered }
        // Under TLS 1.3 the server looks at the certificate when the client's handshake is done.
        if isAskedForCertificate {
            return settings.certificateFile == nil ? .clientCertificateMissing : .clientCertificateRejected(nil)
        }
        return .hungUp(afterHandshake: isEstablished)
    }

    private func refusal(_ alert: TLSAlert) -> TLSError {
        if !isEstablished && alert == .protocolVersion { return .noCommonVersion }
        guard !hasReceived && isAskedForCertificate else { return .refused(alert) }
        if settings.certificateFile == nil {
            return alert.mayMissCertificate ? .clientCertificateMissing : .refused(alert)
        }
        return alert.mayRejectCertificate ? .clientCertificateRejected(alert) : .refused(alert)
    }

    private var isAskedForCertificate: Bool { unsafe gnutls_certificate_client_get_request_status(session) != 0 }

    private var faults: [CertificateFault] {
        let status = unsafe gnutls_session_get_verify_cert_status(session)
        let now = time(nil)
        let chain = unsafe PeerCertificate.chain(of: session)
        let own = chain.first
        func has(_ fault: gnutls_certificate_status_t) -> Bool { status & fault.rawValue != 0 }
        var faults: [CertificateFault] = []
        if has(GNUTLS_CERT_SIGNER_NOT_FOUND) {
            faults.append(.unknownAuthority(chain.last?.issuer ?? "nobody", file: settings.caFile))
        }
        if has(GNUTLS_CERT_REVOKED) { faults.append(.revoked) }
        if has(GNUTLS_CERT_EXPIRED) {
            faults.append(.expired(at: own.map(\.expiry).flatMap { $0 < now ? $0 : nil }))
        }
        if has(GNUTLS_CERT_NOT_ACTIVATED) {
            faults.append(.notYetValid(before: own.map(\.activation).flatMap { $0 > now ? $0 : nil }))
        }
        if has(GNUTLS_CERT_UNEXPECTED_OWNER) { faults.append(.wrongName(expected: host, names: own?.names ?? [])) }
        if has(GNUTLS_CERT_PURPOSE_MISMATCH) { faults.append(.notForServers) }
        return faults.isEmpty ? [.other(Self.text(status))] : faults
    }

    private static func text(_ status: UInt32) -> String {
        var text = unsafe gnutls_datum_t()
        defer { unsafe weir_gnutls_free(text.data) }
        let code = unsafe gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0)
        guard code == GNUTLS_E_SUCCESS else { return gnutlsMessage(code) }
        let bytes = unsafe UnsafeRawBufferPointer(start: text.data, count: Int(text.size))
        // A sentence for each fault, after the one that says it all.
        let sentences = unsafe String(decoding: bytes, as: UTF8.self).split(separator: ". ").dropFirst()
        return sentences.isEmpty ? "it is invalid" : sentences.joined(separator: "; ")
    }
}
