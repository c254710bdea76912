import Platform

extension ReceivedAnswer {
    private static let excerptLength = 120

    /// The beginning of the body for a message, without what it repeats of the request and nobody must see.
    package func excerpt(of request: OutgoingRequest, to kind: ChannelSettings.Kind) -> String {
        var secrets = request.secrets
        if case .pagerDuty(let routingKey) = kind { secrets.append(routingKey.bytes) }
        return excerpt(hiding: secrets)
    }

    /// The beginning of the body as one line of a message: whatever breaks, hides or reorders text is a space, and each of
    /// `secrets` three stars.
    func excerpt(hiding secrets: [[UInt8]]) -> String {
        var isSecret = [Bool](repeating: false, count: body.count)
        for secret in secrets where !secret.isEmpty && secret.count <= body.count {
            for start in 0...(body.count - secret.count) where body[start...].starts(with: secret) {
                for index in start..<(start + secret.count) { isSecret[index] = true }
            }
        }
        var shown: [UInt8] = []
        for (index, byte) in body.enumerated() {
            if !isSecret[index] {
                shown.append(byte)
            } else if index == 0 || !isSecret[index - 1] {
                shown += "***".utf8
            }
        }
        let words = String(decoding: shown, as: UTF8.self).unicodeScalars.split(whereSeparator: Self.isUnseen)
        let line = words.map { String($0) }.joined(separator: " ")
        return line.count > Self.excerptLength ? line.prefix(Self.excerptLength) + "…" : line
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
