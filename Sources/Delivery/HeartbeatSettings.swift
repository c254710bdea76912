package import Platform

/// The dead man's switch that weir keeps from going off.
package struct HeartbeatSettings: Equatable, Sendable {
    /// `http://` or `https://`; secret, as it holds a token.
    package var url: Secret
    package var interval: Duration
    /// Certificates of the authorities that are trusted in place of the system's.
    package var caFile: String?

    package init(url: Secret, interval: Duration = .seconds(60)) {
        self.url = url
        self.interval = interval
    }
}
