import Platform

extension DeliveryResult {
    /// What the answer to `request`, which went to a channel of `kind`, means.
    package init(_ answer: ReceivedAnswer, to request: OutgoingRequest, of kind: ChannelSettings.Kind) {
        let excerpt = answer.excerpt(of: request, to: kind)
        let reason = excerpt.isEmpty ? "answered \(answer.status)" : "answered \(answer.status): \(excerpt)"
        switch answer.status {
        case 200 where kind == .slack && answer.isWordOfError: self = .rejected(reason: reason)
        case 200..<300: self = .delivered
        case 300..<400:
            self = .later(reason: "redirects are not followed: \(answer.status)", retryAfter: answer.retryAfter)
        case 408, 425, 429: self = .later(reason: reason, retryAfter: answer.retryAfter)
        case 410: self = .stopped(reason: reason)
        case 400..<500: self = .rejected(reason: reason)
        default: self = .later(reason: reason, retryAfter: answer.retryAfter)
        }
    }

    /// What it means that there was no answer.
    package init(_ error: TransferError) {
        switch error {
        case .malformedURL: self = .rejected(reason: error.description)
        case .cannotResolve, .cannotConnect, .timedOut, .tls, .broken, .caFile, .cancelled, .other:
            self = .later(reason: error.description, retryAfter: nil)
        }
    }
}

extension ReceivedAnswer {
    /// Whether the body is one such as `invalid_token`: Slack may say so with a status of 200.
    fileprivate var isWordOfError: Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard body.count > 1, letters.contains(body[0]), !body.elementsEqual("ok".utf8) else { return false }
        return body.allSatisfy { letters.contains($0) || $0 == UInt8(ascii: "_") }
    }
}
