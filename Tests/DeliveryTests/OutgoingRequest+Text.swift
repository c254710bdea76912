import Delivery
import Platform

extension OutgoingRequest {
    /// A request to a URL given as text.
    init(
        _ method: Method = .post, to url: String, headers: [(String, String)] = [], body: String = "",
        caFile: String? = nil, timeout: Duration = .seconds(20)
    ) {
        self.init(
            method: method, url: Secret(Array(url.utf8)),
            headers: headers.map { ChannelSettings.Header(name: $0.0, value: Secret(Array($0.1.utf8))) },
            body: Array(body.utf8), caFile: caFile, timeout: timeout)
    }
}
