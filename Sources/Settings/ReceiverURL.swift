import Platform

/// The URL of a receiver: secret, as it may hold a token.
struct ReceiverURL {
    let secret: Secret
    let hasUserInfo: Bool

    static func parse(_ text: String) throws(Complaint) -> ReceiverURL {
        do throws(HTTPURLFault) {
            let url = try HTTPURL(parsing: text)
            return ReceiverURL(secret: Secret(Array(url.text.utf8)), hasUserInfo: url.hasUserInfo)
        } catch {
            throw .httpURL(error)
        }
    }

    static func parse(_ node: YAMLNode) throws(Complaint) -> ReceiverURL {
        try parse(node.text(.receiverURL))
    }
}
