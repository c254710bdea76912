package import Platform

/// One HTTP request to a receiver.
package struct OutgoingRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    package var url: Secret
    /// In order; a name may not hold a colon or a line break, a value no line break: the settings see to it.
    package var headers: [ChannelSettings.Header]
    /// Empty for GET.
    package var body: [UInt8]
    package var caFile: String?
    /// From connecting to the end of the answer.
    package var timeout: Duration
    /// What is longer of the answer's body is not read: of a receiver's the status says it all.
    package var bodyLimit = ReceivedAnswer.bodyLimit

    package init(
        method: Method = .post, url: Secret, headers: [ChannelSettings.Header] = [], body: [UInt8] = [],
        caFile: String? = nil, timeout: Duration = ChannelSettings.defaultTimeout
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.caFile = caFile
        self.timeout = timeout
    }
}
